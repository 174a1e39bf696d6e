import { Injectable } from '@nestjs/common';
import { LIVE_PENDING_LIMIT } from '@im/contracts/api/live';
import { DataSource } from 'typeorm';
import { recentCounts } from '../../delivery-store/data/count-sql.js';

export interface AppCounts {
  pending: number;
  warnings: number;
  criticals: number;
  webhookIds: string[];
}

export interface Arrivals {
  due: number;
  delivered: number;
}

const QUARTER = `date_bin('15 minutes', $2::timestamptz, 'epoch'::timestamptz)`;

@Injectable()
export class LiveCountersRepository {
  constructor(private readonly dataSource: DataSource) {}

  async countsOf(appId: string): Promise<AppCounts> {
    const rows = await this.dataSource.query<AppCounts[]>(
      // By webhook, as pending rows are indexed; the limit of the total also limits each webhook.
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

  /** Counts due and arrived deliveries, created from the quarter of an hour of one instant until another. */
  async arrivalsOf(webhookIds: readonly string[], since: Date, dueBefore: Date): Promise<Arrivals> {
    const rows = await this.dataSource.query<Arrivals[]>(
      `SELECT coalesce(sum(due), 0)::bigint AS due, coalesce(sum(delivered), 0)::bigint AS delivered FROM (
         SELECT due, delivered FROM delivery_counts
         WHERE webhook_id = ANY($1) AND grain_minutes = 15 AND bucket_at >= ${QUARTER}
         UNION ALL SELECT due, delivered FROM count_deltas WHERE webhook_id = ANY($1) AND bucket_at >= ${QUARTER}
         UNION ALL SELECT -due, -delivered FROM (${recentCounts('webhook_id = ANY($1)', '$3')}) AS recent
       ) AS counted`,
      [webhookIds, since.toISOString(), dueBefore.toISOString()],
    );
    return rows[0] ?? { due: 0, delivered: 0 };
  }
}
