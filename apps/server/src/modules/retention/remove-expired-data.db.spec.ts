import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { Clock } from '../../platform/clock/clock.js';
import { MaintainPartitionsService } from '../../platform/database/maintain-partitions.service.js';
import { Logger } from '../../platform/logging/logger.js';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  plannedDelivery,
  type TestDataSource,
} from '../../testing/data-source.js';
import { FoldCountsRepository } from '../statistics/data/fold-counts.repository.js';
import { DeliveryStatesRepository } from '../delivery-store/data/delivery-states.repository.js';
import { insertDeliveries } from '../delivery-store/data/insert-deliveries.js';
import { WebhookStatsRepository } from '../webhook-configs/data/webhook-stats.repository.js';
import { ExpiredPartitionsRepository } from '../delivery-store/data/expired-partitions.repository.js';
import { ExpiredRowsRepository } from '../delivery-store/data/expired-rows.repository.js';
import { RemoveExpiredDataService } from './remove-expired-data.service.js';
import { RemoveRowsService } from '../../platform/database/remove-rows.service.js';
import { PurgeAuditService } from '../access/audit/purge-audit.service.js';
import { PurgeIdempotentRequestsService } from '../access/idempotency/purge-idempotent-requests.service.js';
import { PurgeAlertsService } from '../alerts/purge-alerts.service.js';
import { PurgeNotificationsService } from '../notifications/purge-notifications.service.js';
import { PurgeRecoveriesService } from '../recoveries/purge-recoveries.service.js';
import { PurgeCountsService } from '../statistics/purge-counts.service.js';
import { AppRetentionRepository } from './data/app-retention.repository.js';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2030-06-15T12:00:00Z');
const RETENTION = {
  RETENTION_EVENTS_DAYS: 30,
  RETENTION_LOGS_DAYS: 90,
  RETENTION_KEYS_DAYS: 7,
  RETENTION_STATS_DAYS: 400,
  RETENTION_AUDIT_DAYS: 730,
};

class TestClock extends Clock {
  ms = NOW;

  override nowMs(): number {
    return this.ms;
  }
}

let test: TestDataSource;
let clock: TestClock;
let appId: string;
let webhookId: string;

beforeAll(async () => {
  test = await openTestDataSource();
});

beforeEach(async () => {
  clock = new TestClock();
  appId = await addAppRow(test);
  webhookId = await addWebhookRow(test, appId);
});

afterEach(async () => {
  await test.query('DELETE FROM pending_deliveries');
  for (const name of await partitions()) await test.query(`DROP TABLE ${name}`);
  for (const table of ['events', 'event_users', 'deliveries', 'attempts', 'apps CASCADE']) {
    await test.query(`TRUNCATE ${table}`);
  }
});

afterAll(async () => {
  await test.close();
});

function remover(dataSource = test.dataSource): RemoveExpiredDataService {
  const rows = new RemoveRowsService(dataSource);
  return new RemoveExpiredDataService(
    new ExpiredPartitionsRepository(dataSource),
    new ExpiredRowsRepository(dataSource, rows),
    new DeliveryStatesRepository(dataSource),
    new AppRetentionRepository(dataSource),
    new PurgeAuditService(rows),
    new PurgeIdempotentRequestsService(rows),
    new PurgeCountsService(rows),
    new PurgeRecoveriesService(rows),
    new PurgeNotificationsService(rows),
    new PurgeAlertsService(rows),
    clock,
    new Logger('silent'),
    RETENTION,
    new BackgroundTasks(new Logger('silent')),
  );
}

/** Makes the partitions around a day in the past. */
async function makePartitions(...daysAgo: number[]): Promise<void> {
  for (const days of daysAgo) {
    clock.ms = NOW - days * DAY_MS;
    await new MaintainPartitionsService(test.dataSource, clock, new Logger('silent')).createAhead();
  }
  clock.ms = NOW;
}

async function partitions(table = ''): Promise<string[]> {
  const rows = await test.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits JOIN pg_class p ON p.oid = inhparent
     WHERE p.relkind = 'p' AND ($1 = '' OR p.relname = $1) ORDER BY 1`,
    [table],
  );
  return rows.map(({ name }) => name).filter((name) => !name.endsWith('_default'));
}

/** An event some days ago, delivered at once, with all its rows. */
async function deliverDaysAgo(days: number, ofAppId = appId, ofWebhookId = webhookId): Promise<string> {
  const at = new Date(NOW - days * DAY_MS);
  const [eventId, deliveryId] = [uuidV7({ msecs: at.getTime() }), uuidV7({ msecs: at.getTime() })];
  await addEvent(eventId, at, ofAppId);
  await test.query(
    `INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
       max_attempts, created_at, completed_at)
     VALUES ($1, $1, $2, $3, $4, 'message.sent', 'event', 'success', 1, 3, $5, $5)`,
    [deliveryId, eventId, ofWebhookId, ofAppId, at],
  );
  await test.query(
    `INSERT INTO attempts (delivery_id, attempt, started_at, duration_ms, request_headers, is_response_truncated)
     VALUES ($1, 1, $2, 1, '{}', false)`,
    [deliveryId, at],
  );
  return eventId;
}

async function addEvent(eventId: string, at: Date, ofAppId = appId): Promise<void> {
  await test.query(
    `INSERT INTO events (event_id, app_id, event, occurred_at, received_at, payload)
     VALUES ($1, $2, 'message.sent', $3, $3, '{}')`,
    [eventId, ofAppId, at],
  );
  await test.query(`INSERT INTO event_users VALUES ($1, 'u1', $2)`, [ofAppId, eventId]);
}

/** How many rows of an app are left in each table that grows. */
async function rowsOf(ofAppId = appId) {
  const [row] = await test.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM events WHERE app_id = $1) AS events,
            (SELECT count(*)::int FROM event_users WHERE app_id = $1) AS users,
            (SELECT count(*)::int FROM deliveries WHERE app_id = $1) AS deliveries,
            (SELECT count(*)::int FROM attempts) AS attempts`,
    [ofAppId],
  );
  return row;
}

describe('what is over its retention', () => {
  it('goes day by day: payloads first, the log later', async () => {
    await makePartitions(100, 40, 0);
    for (const days of [100, 40, 0]) await deliverDaysAgo(days);
    await remover().removeExpired();
    expect(await rowsOf()).toEqual({ events: 1, users: 1, deliveries: 2, attempts: 2 });
    expect(await partitions('deliveries')).not.toContain('deliveries_20300307');
    expect(await partitions('deliveries')).toContain('deliveries_20300506');
    expect(await partitions('events')).not.toContain('events_20300506');
    expect(await partitions('events')).toContain('events_20300615');
  });

  it.each([
    ['the day is over its retention to the last millisecond', '2030-06-16T00:00:00.000Z', false],
    ['a moment of the day is still within it', '2030-06-15T23:59:59.999Z', true],
  ])('is decided by the whole day: %s', async (_when, now, isKept) => {
    await makePartitions(30);
    clock.ms = Date.parse(now);
    await remover().removeExpired();
    expect((await partitions('events')).includes('events_20300516')).toBe(isKept);
  });

  it('stays while a delivery waits for its event; the rest of the day goes', async () => {
    await makePartitions(40);
    await deliverDaysAgo(40);
    const eventId = await deliverDaysAgo(40);
    await insertDeliveries(test.dataSource, [plannedDelivery({ appId, webhookId, eventId })], 0);
    await remover().removeExpired();
    expect(await test.query('SELECT event_id AS id FROM events')).toEqual([{ id: eventId }]);
    await test.query('DELETE FROM pending_deliveries');
    await remover().removeExpired();
    expect(await partitions('events')).not.toContain('events_20300506');
  });

  it.each([
    ['is disabled', 'is_enabled = false'],
    ['a person paused', `paused_since = now(), paused_by = 'me'`],
  ])(
    'goes once it waited too long for a webhook that %s, whose delivery is canceled with the reason',
    async (_, set) => {
      await makePartitions(40, 0);
      const [old, recent] = [await deliverDaysAgo(40), await deliverDaysAgo(1)];
      const planned = [old, recent].map((eventId) =>
        plannedDelivery({ appId, webhookId, eventId, deliveryId: uuidV7({ msecs: NOW }) }),
      );
      await insertDeliveries(test.dataSource, planned, 0);
      await test.query(`UPDATE webhook_configs SET ${set} WHERE webhook_id = $1`, [webhookId]);
      await remover().removeExpired();
      expect(await test.query('SELECT event_id AS id FROM events')).toEqual([{ id: recent }]);
      expect(await test.query('SELECT event_id AS id FROM pending_deliveries')).toEqual([{ id: recent }]);
      const canceled = await test.query(
        `SELECT event_id AS id, cancel_reason FROM deliveries WHERE status = 'canceled'`,
      );
      expect(canceled).toEqual([{ id: old, cancel_reason: 'retention' }]);
    },
  );

  it('goes from the default partition too, where a clock that was off put it', async () => {
    await deliverDaysAgo(100);
    await deliverDaysAgo(1);
    await remover().removeExpired();
    expect(await rowsOf()).toEqual({ events: 1, users: 1, deliveries: 1, attempts: 1 });
  });

  it('is removed once when several processes try at the same time', async () => {
    await makePartitions(100);
    await deliverDaysAgo(100);
    const other = remover(await test.openAnother());
    await Promise.all([remover().removeExpired(), other.removeExpired(), remover().removeExpired()]);
    await remover().removeExpired();
    expect(await rowsOf()).toEqual({ events: 0, users: 0, deliveries: 0, attempts: 0 });
  });

  it('does not block writers during a long read of the log', async () => {
    await makePartitions(100, 0);
    const reader = (await test.openAnother()).createQueryRunner();
    await reader.startTransaction();
    await reader.query('SELECT count(*) FROM delivery_log');
    await remover().removeExpired();
    await deliverDaysAgo(0);
    expect(await partitions('deliveries')).toContain('deliveries_20300307');
    await reader.commitTransaction();
    await reader.release();
    await remover().removeExpired();
    expect(await partitions('deliveries')).not.toContain('deliveries_20300307');
  });

  it('ends a delivery whose event is gone', async () => {
    const eventId = uuidV7({ msecs: NOW - 40 * DAY_MS });
    const fresh = uuidV7({ msecs: NOW });
    await addEvent(fresh, new Date(NOW));
    const planned = [eventId, fresh].map((id) => plannedDelivery({ appId, webhookId, eventId: id }));
    await insertDeliveries(test.dataSource, planned, 0);
    await remover().removeExpired();
    expect(await test.query('SELECT event_id AS id, status FROM delivery_log ORDER BY 1')).toEqual([
      { id: eventId, status: 'canceled' },
      { id: fresh, status: 'pending' },
    ]);
  });
});

describe('an app that keeps less', () => {
  it('loses its own rows alone, in batches', async () => {
    const other = await addAppRow(test);
    const otherWebhookId = await addWebhookRow(test, other);
    await makePartitions(10, 0);
    await test.query('UPDATE apps SET retain_events_days = 2, retain_logs_days = 5 WHERE app_id = $1', [
      appId,
    ]);
    await deliverDaysAgo(10, other, otherWebhookId);
    for (const days of [10, 3, 1]) await deliverDaysAgo(days);
    await remover().removeExpired();
    expect(await rowsOf()).toEqual({ events: 1, users: 1, deliveries: 2, attempts: 3 });
    expect(await rowsOf(other)).toMatchObject({ events: 1, users: 1, deliveries: 1 });
  });
});

describe('what is kept by a rule of its own', () => {
  it('goes when its time is over', async () => {
    const ages = [1, 8, 800];
    for (const days of ages) {
      const at = new Date(NOW - days * DAY_MS);
      await test.query(
        `INSERT INTO event_keys (app_id, key, event_id, content_hash, delivery_count, created_at)
         VALUES ($1, $2, $1, '', 0, $3)`,
        [appId, String(days), at],
      );
      await test.query(
        `INSERT INTO audit_entries (audit_id, tenant_id, action, actor, created_at)
         SELECT $1, tenant_id, $2, 'x', $3 FROM tenants LIMIT 1`,
        [uuidV7(), String(days), at],
      );
      for (const status of ['resolved', 'open']) {
        await test.query(
          `WITH alert AS (
             INSERT INTO alerts (alert_id, app_id, rule, severity, status, detail, opened_at, resolved_at)
             VALUES ($1, $2, $3, 'warning', $4, '{}', $5, $6) RETURNING alert_id, opened_at
           ) INSERT INTO alert_notices (notice_id, app_id, alert_id, kind, severity, detail, created_at, deliver_after)
             SELECT alert_id, $2, alert_id, 'opened', 'warning', '{}', opened_at, opened_at FROM alert`,
          [uuidV7(), appId, String(days), status, at, status === 'resolved' ? at : null],
        );
      }
    }
    await remover().removeExpired();
    expect(
      await test.query(
        'SELECT rule, status FROM alerts JOIN alert_notices USING (alert_id) ORDER BY rule, status',
      ),
    ).toEqual([
      { rule: '1', status: 'open' },
      { rule: '1', status: 'resolved' },
      { rule: '8', status: 'open' },
      { rule: '8', status: 'resolved' },
      { rule: '800', status: 'open' },
    ]);
    expect(await test.query('SELECT key FROM event_keys')).toEqual([{ key: '1' }]);
    expect(await test.query('SELECT action FROM audit_entries ORDER BY 1')).toEqual([
      { action: '1' },
      { action: '8' },
    ]);
  });

  it('goes from the logs of notification channels, except what is still to be sent', async () => {
    const channelId = uuidV7();
    await test.query(
      `INSERT INTO notification_channels
       SELECT $1, tenant_id, 'slack', 'Ops', true, 'zh', 'warning', '{}', '{}', NULL, 'x', '', NULL, 'x', now(), now()
       FROM apps WHERE app_id = $2`,
      [channelId, appId],
    );
    for (const [days, status] of [
      [89, 'sent'],
      [91, 'sent'],
      [91, 'pending'],
    ] as const) {
      await test.query(
        `INSERT INTO notifications
           (notification_id, channel_id, notice_id, app_id, kind, severity, content, status, created_at, next_attempt_at)
         VALUES ($1, $2, $1, $3, 'opened', 'critical', '{}', $4, $5, CASE WHEN $4 = 'pending' THEN now() END)`,
        [uuidV7(), channelId, appId, status, new Date(NOW - days * DAY_MS)],
      );
    }
    await remover().removeExpired();
    expect(await test.query('SELECT status FROM notifications ORDER BY status')).toEqual([
      { status: 'pending' },
      { status: 'sent' },
    ]);
  });
});

it('the counts of old hours go after their time, and the total stays', async () => {
  const at = [500, 1].map((days) => new Date(NOW - days * DAY_MS));
  for (const each of at) {
    await test.query(
      `INSERT INTO count_deltas (webhook_id, event, bucket_at, total, failed) VALUES ($1, 'message.sent', $2, 1, 1)`,
      [webhookId, each],
    );
  }
  await new FoldCountsRepository(test.dataSource).fold(clock.now());
  await remover().removeExpired();
  expect(
    await test.query(`SELECT grain_minutes AS grain FROM delivery_counts WHERE webhook_id = $1 ORDER BY 1`, [
      webhookId,
    ]),
  ).toEqual([{ grain: 15 }, { grain: 60 }, { grain: 240 }, { grain: 1440 }]);
  const activity = await new WebhookStatsRepository(test.dataSource).activityOf([webhookId], clock.now());
  expect(activity.get(webhookId)?.stats).toMatchObject({ total: 2, failed: 2 });
});
