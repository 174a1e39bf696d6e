import { Injectable } from '@nestjs/common';
import { LIVE_PENDING_LIMIT } from '@im/contracts/api/live';
import { DataSource } from 'typeorm';

export interface AppCounts {
  pending: number;
  warnings: number;
  criticals: number;
  webhookIds: string[];
}

@Injectable()
export class LiveCountersRepository {
  constructor(private readonly dataSource: DataSource) {}

  async countsOf(appId: string): Promise<AppCounts> {
    const rows = await this.dataSource.query<AppCounts[]>(
      `SELECT (SELECT count(*)::int FROM (SELECT FROM pending_deliveries WHERE app_id = $1 LIMIT $2) AS p) AS pending,
         (SELECT count(*)::int FROM alerts WHERE app_id = $1 AND status <> 'resolved' AND severity = 'warning') AS warnings,
         (SELECT count(*)::int FROM alerts WHERE app_id = $1 AND status <> 'resolved' AND severity = 'critical') AS criticals,
         ARRAY(SELECT webhook_id FROM webhook_configs WHERE app_id = $1 AND deleted_at IS NULL) AS "webhookIds"`,
      [appId, LIVE_PENDING_LIMIT],
    );
    return rows[0] ?? { pending: 0, warnings: 0, criticals: 0, webhookIds: [] };
  }
}
