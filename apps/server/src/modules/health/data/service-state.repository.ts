import { Injectable } from '@nestjs/common';
import { UNHEALTHY_FAILURES } from '@im/contracts/api/webhooks';
import { DataSource } from 'typeorm';
import type { ServiceState } from '../../../platform/metrics/state-metrics.js';

/** Counting stops here: beyond it PostgreSQL's estimate is good enough, and free. */
const COUNTED_EXACTLY = 100_000;

interface PendingRow {
  counted: number;
  estimated: number;
  oldestPendingMs: number;
  oldestOverdueMs: number;
}

/** Not overdue is what waits for a paused, disabled or unopenable webhook, for its conversation or for its recovery. */
const FREE_SINCE = `
  SELECT min(first_free.claimable_at)
  FROM webhook_configs webhook JOIN webhook_health health USING (webhook_id) CROSS JOIN LATERAL (
    SELECT claimable_at FROM pending_deliveries delivery
    WHERE delivery.webhook_id = webhook.webhook_id AND delivery.conversation_id IS NULL
      AND delivery.recovery_id IS NULL
    ORDER BY claimable_at LIMIT 1
  ) AS first_free
  WHERE webhook.is_enabled AND webhook.deleted_at IS NULL AND webhook.paused_since IS NULL
    AND health.paused_at IS NULL AND health.unopenable_since IS NULL`;

const PENDING = `
  SELECT counted,
    (SELECT greatest(reltuples, 0)::float8 FROM pg_class WHERE oid = 'pending_deliveries'::regclass) AS estimated,
    coalesce(greatest(0, extract(epoch FROM now() - oldest_at) * 1000), 0)::float8 AS "oldestPendingMs",
    coalesce(greatest(0, extract(epoch FROM now() - (${FREE_SINCE})) * 1000), 0)::float8 AS "oldestOverdueMs"
  FROM (
    SELECT count(*)::int AS counted, min(created_at) AS oldest_at
    FROM (SELECT created_at FROM pending_deliveries ORDER BY delivery_id LIMIT $1) AS oldest
  ) AS pending`;

const WEBHOOKS = `
  SELECT count(*) FILTER (WHERE NOT is_enabled)::int AS disabled,
    count(*) FILTER (WHERE is_enabled AND is_paused)::int AS paused,
    count(*) FILTER (WHERE is_enabled AND NOT is_paused AND failures >= $1)::int AS unhealthy,
    count(*) FILTER (WHERE is_enabled AND failures BETWEEN 1 AND $1 - 1)::int AS failing,
    count(*) FILTER (WHERE is_enabled AND failures = 0)::int AS healthy
  FROM (
    SELECT is_enabled, paused_at IS NOT NULL AS is_paused, consecutive_failures AS failures
    FROM webhook_configs JOIN webhook_health USING (webhook_id) WHERE deleted_at IS NULL
  ) AS webhook`;

/** Reads the state of the whole service from the rows, cheaply for any backlog. */
@Injectable()
export class ServiceStateRepository {
  constructor(private readonly dataSource: DataSource) {}

  async read(): Promise<ServiceState> {
    const [pendingRows, webhookRows] = await Promise.all([
      this.dataSource.query<PendingRow[]>(PENDING, [COUNTED_EXACTLY + 1]),
      this.dataSource.query<Record<string, number>[]>(WEBHOOKS, [UNHEALTHY_FAILURES]),
    ]);
    const [pending] = pendingRows;
    const [webhooks] = webhookRows;
    if (!pending || !webhooks) throw new Error('PostgreSQL answered no row');
    const { counted, estimated, oldestPendingMs, oldestOverdueMs } = pending;
    const pendingDeliveries = counted > COUNTED_EXACTLY ? Math.max(counted, estimated) : counted;
    return { pendingDeliveries, oldestPendingMs, oldestOverdueMs, webhooks };
  }
}
