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
      // By webhook, as pending rows are indexed; no webhook is counted further than all of them together.
      `SELECT (SELECT least(count(*), $2)::int FROM webhook_configs w CROSS JOIN LATERAL (
           SELECT FROM pending_deliveries p WHERE p.webhook_id = w.webhook_id LIMIT $2
         ) AS p WHERE w.app_id = $1) AS pending,
         (SELECT count(*)::int FROM alerts WHERE app_id = $1 AND status <> 'resolved' AND severity = 'warning') AS warnings,
         (SELECT count(*)::int FROM alerts WHERE app_id = $1 AND status <> 'resolved' AND severity = 'critical') AS criticals,
         ARRAY(SELECT webhook_id FROM webhook_configs WHERE app_id = $1 AND deleted_at IS NULL) AS "webhookIds"`,
      [appId, LIVE_PENDING_LIMIT],
    );
    return rows[0] ?? { pending: 0, warnings: 0, criticals: 0, webhookIds: [] };
  }
}
