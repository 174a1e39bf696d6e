import { Injectable } from '@nestjs/common';
import { RemoveRowsService } from '../../platform/database/remove-rows.service.js';

/** Removes resolved alerts and summaries that are over their retention. Notices of an alert go with it. */
@Injectable()
export class PurgeAlertsService {
  constructor(private readonly rows: RemoveRowsService) {}

  /** @returns how many were removed, by table */
  async purge(before: Date): Promise<Record<string, number>> {
    const parameters = [before.toISOString()];
    return {
      alerts: await this.rows.remove({
        table: 'alerts',
        condition: `resolved_at < $1 AND status = 'resolved'`,
        parameters,
      }),
      alert_notices: await this.rows.remove({
        table: 'alert_notices',
        condition: `created_at < $1 AND kind = 'summary' AND handled_at IS NOT NULL`,
        parameters,
      }),
    };
  }
}
