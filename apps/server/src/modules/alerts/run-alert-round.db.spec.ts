import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRulesChange } from '@im/contracts/api/alert-rules';
import { weekdaySchema, type QuietHours } from '@im/contracts/api/quiet-hours';
import type { DataSource } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logging/logger.js';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../testing/data-source.js';
import { ReadAttemptWindowsService } from '../statistics/read-attempt-windows.service.js';
import { BeforeCountsRepository } from '../statistics/data/before-counts.repository.js';
import { ReadBeforeCountsService } from '../statistics/read-before-counts.service.js';
import { AttemptWindowsRepository } from '../statistics/data/attempt-windows.repository.js';
import { AlertNoticesRepository } from './data/alert-notices.repository.js';
import { AlertRoundsRepository } from './data/alert-rounds.repository.js';
import { AlertSettingsRepository } from './data/alert-settings.repository.js';
import { AlertSubjectsRepository } from './data/alert-subjects.repository.js';
import { AlertsRepository } from './data/alerts.repository.js';
import { BacklogRepository } from './data/backlog.repository.js';
import { SourceFiguresRepository } from './data/source-figures.repository.js';
import { MeasureSourcesService } from './measure-sources.service.js';
import { MeasureWindowsService } from './measure-windows.service.js';
import { RunAlertRoundService } from './run-alert-round.service.js';
import { updateHealth } from '../../testing/stores.js';

/** Noon in Shanghai. */
const NOON = Date.parse('2030-06-15T04:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

class TestClock extends Clock {
  ms = NOON;

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
  await test.query(
    'TRUNCATE before_counts, alert_notices, alerts, alert_settings, pending_deliveries, attempt_windows, count_deltas',
  );
  clock = new TestClock();
  appId = await addAppRow(test);
  webhookId = await addWebhookRow(test, appId);
});

afterAll(async () => {
  await test.close();
});

function roundsOn(dataSource: DataSource): RunAlertRoundService {
  return new RunAlertRoundService(
    new AlertRoundsRepository(dataSource, new AlertNoticesRepository()),
    new AlertSettingsRepository(dataSource, updateHealth(dataSource)),
    new MeasureWindowsService(
      new ReadAttemptWindowsService(new AttemptWindowsRepository(dataSource)),
      new ReadBeforeCountsService(new BeforeCountsRepository(dataSource), clock),
      new BacklogRepository(dataSource),
      new AlertSubjectsRepository(dataSource),
    ),
    new MeasureSourcesService(new SourceFiguresRepository(dataSource)),
    clock,
    new Logger('silent'),
  );
}

/** Runs a round that is due, after moving the clock on. */
async function round(laterMs = 0): Promise<void> {
  clock.ms += laterMs;
  await test.query(`UPDATE alert_rounds SET next_at = '-infinity'`);
  await roundsOn(test.dataSource).run();
}

interface Waiting {
  dueMinutesAgo: number;
  leasedMs?: number;
  conversationId?: string;
  createdMinutesAgo?: number;
}

async function addWaiting({
  dueMinutesAgo,
  leasedMs,
  conversationId,
  createdMinutesAgo,
}: Waiting): Promise<string> {
  const dueMs = clock.ms - dueMinutesAgo * MINUTE_MS;
  const createdMs = clock.ms - (createdMinutesAgo ?? dueMinutesAgo) * MINUTE_MS;
  const deliveryId = uuidV7({ msecs: createdMs });
  await test.query(
    `INSERT INTO pending_deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, max_attempts,
       next_attempt_at, claimable_at, conversation_id, created_at)
     VALUES ($1, $1, $1, $2, $3, 'message.sent', 'event', 3, $4, $5, $6, $7)`,
    [
      deliveryId,
      webhookId,
      appId,
      new Date(dueMs),
      new Date(leasedMs === undefined ? dueMs : clock.ms + leasedMs),
      conversationId ?? null,
      new Date(createdMs),
    ],
  );
  return deliveryId;
}

/** Attempts of one minute; bins as the histogram has them for one duration. */
async function addAttempts(minutesAgo: number, attempts: number, failures: number, ms = 20): Promise<void> {
  await test.query(
    `INSERT INTO attempt_windows (webhook_id, minute_at, attempts, failures, bins, bin_counts)
     VALUES ($1, date_trunc('minute', $2::timestamptz), $3, $4, ARRAY[duration_bin($5::real)], ARRAY[$3::int])`,
    [webhookId, new Date(clock.ms - minutesAgo * MINUTE_MS), attempts, failures, ms],
  );
}

function setRules(rules: AlertRulesChange, quietHours: QuietHours | null = null, renotifyAfterMinutes = 60) {
  return new AlertSettingsRepository(test.dataSource, updateHealth(test.dataSource)).change(
    appId,
    () => ({ rules, quietHours, renotifyAfterMinutes }),
    { by: 'test', at: clock.now() },
  );
}

interface Seen {
  rule: string;
  severity: string;
  status: string;
  detail: { p95Ms?: number };
}

const alerts = () =>
  test.query<Seen>(
    'SELECT rule, severity, status, detail FROM alerts WHERE webhook_id = $1 ORDER BY alert_id',
    [webhookId],
  );

async function noticed(): Promise<string[]> {
  const rows = await test.query<{ kind: string }>('SELECT kind FROM alert_notices ORDER BY notice_id');
  return rows.map(({ kind }) => kind);
}

async function dueNotices() {
  const notices = new AlertNoticesRepository();
  return test.dataSource.transaction(async (manager) => {
    const due = await notices.claim(manager, clock.now(), 100);
    await notices.markHandled(
      manager,
      due.map(({ noticeId }) => noticeId),
      clock.now(),
    );
    return due.map(({ subject }) => subject);
  });
}

describe('a backlog', () => {
  it('opens one alert that says how long the oldest has waited, and escalates', async () => {
    const oldest = await addWaiting({ dueMinutesAgo: 11 });
    await addWaiting({ dueMinutesAgo: 2 });
    await round();
    await round(MINUTE_MS);
    expect(await alerts()).toMatchObject([
      {
        rule: 'backlog',
        severity: 'warning',
        status: 'open',
        detail: { webhookName: 'test', oldestWaitMinutes: 12, oldestDeliveryId: oldest, threshold: 10 },
      },
    ]);
    await round(HOUR_MS);
    expect(await alerts()).toMatchObject([{ severity: 'critical', detail: { oldestWaitMinutes: 72 } }]);
    expect(await noticed()).toEqual(['opened', 'escalated']);
  });

  it.each<[string, Waiting, number]>([
    ['waits for its retry in six hours', { dueMinutesAgo: -360, createdMinutesAgo: 600 }, 0],
    ['has just become due again', { dueMinutesAgo: 1, createdMinutesAgo: 600 }, 0],
    ['is leased by a worker that does not get through', { dueMinutesAgo: 30, leasedMs: 9_000 }, 1],
    ['keeps the order of its conversation', { dueMinutesAgo: 30, conversationId: 'c1' }, 1],
    ['was released by a worker just now', { dueMinutesAgo: 30, leasedMs: 0 }, 1],
  ])('of a delivery that %s', async (_what, waiting, count) => {
    await addWaiting(waiting);
    await addWaiting({ dueMinutesAgo: -600 });
    await round();
    expect(await alerts()).toHaveLength(count);
  });

  it('that is worked off resolves its alert when it has stayed away, not at once', async () => {
    await addWaiting({ dueMinutesAgo: 20 });
    await round();
    await test.query('DELETE FROM pending_deliveries');
    await round(MINUTE_MS);
    await addWaiting({ dueMinutesAgo: 20 });
    await round(MINUTE_MS);
    await test.query('DELETE FROM pending_deliveries');
    await round(MINUTE_MS);
    await round(4 * MINUTE_MS);
    expect(await alerts()).toMatchObject([{ status: 'open' }]);
    await round(MINUTE_MS);
    expect(await alerts()).toMatchObject([{ status: 'resolved' }]);
    expect(await noticed()).toEqual(['opened', 'resolved']);
  });

  it('ends with its webhook, and with the rule', async () => {
    await addWaiting({ dueMinutesAgo: 20 });
    await round();
    await test.query('UPDATE webhook_configs SET is_enabled = false WHERE webhook_id = $1', [webhookId]);
    await round();
    expect(await alerts()).toMatchObject([{ status: 'resolved' }]);
    await test.query('UPDATE webhook_configs SET is_enabled = true WHERE webhook_id = $1', [webhookId]);
    await round();
    await setRules({ backlog: { enabled: false } });
    await round();
    expect(await alerts()).toMatchObject([{ status: 'resolved' }, { status: 'resolved' }]);
  });
});

describe('attempts of the last minutes', () => {
  it('with too many failures among them open an alert with the figures', async () => {
    await addAttempts(61, 1_000, 1_000);
    await addAttempts(59, 30, 0);
    await addAttempts(1, 10, 4);
    await round();
    expect(await alerts()).toMatchObject([
      {
        rule: 'success_rate',
        severity: 'warning',
        detail: { attempts: 40, failures: 4, successRatePercent: 90, windowMinutes: 60, threshold: 95 },
      },
    ]);
  });

  it('that were slow open an alert with the p95', async () => {
    await addAttempts(20, 1_000, 0, 60_000);
    await addAttempts(5, 95, 0, 100);
    await addAttempts(4, 6, 0, 12_000);
    await round();
    const [alert, ...others] = await alerts();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      rule: 'slow',
      severity: 'critical',
      detail: { attempts: 101, windowMinutes: 15 },
    });
    expect(Math.abs(alert!.detail.p95Ms! - 12_000)).toBeLessThan(12_000 * 0.03);
  });

  it('are looked at as far back as the app says, against its own thresholds', async () => {
    const other = await addAppRow(test);
    await setRules({
      success_rate: { windowMinutes: 10, minAttempts: 2, warningPercent: 60, criticalPercent: null },
      slow: { windowMinutes: 5, minAttempts: 1, warningMs: 50, criticalMs: 90 },
    });
    await addAttempts(11, 10, 10, 2_000);
    await addAttempts(6, 10, 5, 2_000);
    await addAttempts(1, 10, 0, 70);
    await round();
    expect(await alerts()).toMatchObject([
      { rule: 'slow', severity: 'warning', detail: { windowMinutes: 5 } },
    ]);
    await addAttempts(2, 10, 10, 70);
    await round();
    expect(await alerts()).toMatchObject([
      { rule: 'slow' },
      {
        rule: 'success_rate',
        severity: 'warning',
        detail: { attempts: 30, failures: 15, windowMinutes: 10 },
      },
    ]);
    webhookId = await addWebhookRow(test, other);
    await addAttempts(1, 30, 12, 2_000);
    await round();
    expect(await alerts()).toMatchObject([{ rule: 'success_rate', severity: 'critical' }]);
  });
});

describe('before-callbacks of the last minutes', () => {
  async function addDecisions(minutesAgo: number, allowed: number, reasons: Partial<Record<string, number>>) {
    const { deadline = 0, breaker = 0, pause = 0 } = reasons;
    await test.query(
      `INSERT INTO before_counts (webhook_id, minute_at, allowed, denied, modified, by_deadline, by_breaker, by_pause,
         by_invalid_answer, by_error, latency_ms_sum, latency_ms_max)
       VALUES ($1, date_trunc('minute', $2::timestamptz), $3, 0, 0, $4, $5, $6, 0, 0, 0, 0)`,
      [webhookId, new Date(clock.ms - minutesAgo * MINUTE_MS), allowed, deadline, breaker, pause],
    );
  }

  it('of which the policy decided too many open an alert with the figures', async () => {
    await addDecisions(16, 100, { deadline: 100 });
    await addDecisions(14, 20, {});
    await addDecisions(1, 20, { deadline: 5, breaker: 8 });
    await round();
    expect(await alerts()).toMatchObject([
      {
        ...{ rule: 'before_failing', severity: 'warning' },
        detail: { questions: 40, byPolicy: 13, byPolicyPercent: 32.5, windowMinutes: 15, threshold: 25 },
      },
    ]);
  });

  it('that came while a person had paused the webhook open none', async () => {
    await addDecisions(1, 60, { deadline: 1, breaker: 40, pause: 40 });
    await round();
    expect(await alerts()).toEqual([]);
  });
});

describe('a round', () => {
  it('goes to one worker, however many ask', async () => {
    const other = await test.openAnother();
    await addWaiting({ dueMinutesAgo: 20 });
    await test.query(`UPDATE alert_rounds SET next_at = '-infinity'`);
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => roundsOn(index % 2 ? other : test.dataSource).run()),
    );
    expect(await noticed()).toEqual(['opened']);
  });

  it('comes every twenty seconds', async () => {
    await round();
    await addWaiting({ dueMinutesAgo: 20 });
    clock.ms += 19_000;
    await roundsOn(test.dataSource).run();
    expect(await alerts()).toEqual([]);
    clock.ms += 1_000;
    await roundsOn(test.dataSource).run();
    expect(await alerts()).toHaveLength(1);
  });

  it('comes even after the clock of a worker was far ahead', async () => {
    clock.ms += 24 * HOUR_MS;
    await round();
    clock.ms -= 24 * HOUR_MS;
    await addWaiting({ dueMinutesAgo: 20 });
    await roundsOn(test.dataSource).run();
    expect(await alerts()).toHaveLength(1);
  });
});

describe('what a person closed', () => {
  it('stays closed while it goes on, comes back when it gets worse, or again after it was gone', async () => {
    const close = async (): Promise<void> => {
      const [alert] = await test.query<{ id: string }>(
        `SELECT alert_id AS id FROM alerts WHERE status = 'open' AND webhook_id = $1`,
        [webhookId],
      );
      const repository = new AlertsRepository(test.dataSource, new AlertNoticesRepository());
      await repository.resolve(alert!.id, 'li@example.com', clock.now(), null);
    };
    await addWaiting({ dueMinutesAgo: 20 });
    await round();
    await close();
    await round(MINUTE_MS);
    expect(await alerts()).toHaveLength(1);
    await round(HOUR_MS);
    expect(await alerts()).toMatchObject([{ status: 'resolved' }, { status: 'open', severity: 'critical' }]);
    await close();
    await round(MINUTE_MS);
    expect(await alerts()).toHaveLength(2);
    await test.query('DELETE FROM pending_deliveries');
    await round(MINUTE_MS);
    await addWaiting({ dueMinutesAgo: 20 });
    await round(MINUTE_MS);
    expect(await alerts()).toMatchObject([{}, {}, { status: 'open', severity: 'warning' }]);
  });
});

describe('an unacknowledged alert', () => {
  it('is repeated less and less often', async () => {
    await addWaiting({ dueMinutesAgo: 20 });
    await setRules({ backlog: { criticalMinutes: null } });
    await round();
    const notifiedAt: number[] = [];
    for (let minutes = 60; minutes <= 4_800; minutes += 60) {
      const before = (await noticed()).length;
      await round(HOUR_MS);
      if ((await noticed()).length > before) notifiedAt.push(minutes);
    }
    expect(notifiedAt).toEqual([60, 180, 420, 900, 1_860, 3_300, 4_740]);
    expect(new Set((await noticed()).slice(1))).toEqual(new Set(['reminder']));
  });

  it('starts its reminders again when it escalates, and ends them once it is acknowledged', async () => {
    await addWaiting({ dueMinutesAgo: -10 });
    await setRules({ backlog: { warningMinutes: 1, criticalMinutes: 90 } });
    await round(20 * MINUTE_MS);
    await round(HOUR_MS);
    await round(40 * MINUTE_MS);
    expect(await noticed()).toEqual(['opened', 'reminder', 'escalated']);
    await round(59 * MINUTE_MS);
    await round(MINUTE_MS);
    expect(await noticed()).toEqual(['opened', 'reminder', 'escalated', 'reminder']);
    const [{ id }] = (await test.query('SELECT alert_id AS id FROM alerts')) as [{ id: string }];
    const repository = new AlertsRepository(test.dataSource, new AlertNoticesRepository());
    await repository.acknowledge(id, 'li@example.com', clock.now());
    await round(48 * HOUR_MS);
    expect(await noticed()).toHaveLength(4);
  });

  it.each([
    [0, 0],
    [30, 1],
  ])(
    'with another interval (%i minutes) goes by that from then on',
    async (renotifyAfterMinutes, reminders) => {
      await addWaiting({ dueMinutesAgo: 20 });
      await setRules({ backlog: { criticalMinutes: null } });
      await round();
      await setRules({ backlog: { criticalMinutes: null } }, null, renotifyAfterMinutes);
      await round(31 * MINUTE_MS);
      expect(await noticed()).toHaveLength(1 + reminders);
      await round(48 * HOUR_MS);
      expect(await noticed()).toHaveLength(1 + 2 * reminders);
    },
  );
});

describe('quiet hours', () => {
  const NIGHTS: QuietHours = {
    timeZone: 'Asia/Shanghai',
    from: '22:00',
    to: '08:00',
    days: weekdaySchema.options,
    allowCritical: true,
  };
  /** From noon to eleven at night. */
  const TO_NIGHT = 11 * HOUR_MS;

  it('defer what is not critical, and end with a summary; the alerts exist all along', async () => {
    await setRules({ backlog: { criticalMinutes: null } }, NIGHTS);
    clock.ms += TO_NIGHT;
    await addWaiting({ dueMinutesAgo: 20 });
    await round();
    expect(await alerts()).toMatchObject([{ status: 'open' }]);
    await round(8 * HOUR_MS);
    expect(await dueNotices()).toEqual([]);
    await round(HOUR_MS);
    expect(await dueNotices()).toMatchObject([
      { kind: 'summary', total: 1, unresolved: 1, alerts: [{ rule: 'backlog' }] },
    ]);
    await round(59 * MINUTE_MS);
    expect(await dueNotices()).toEqual([]);
    await round(MINUTE_MS);
    expect(await dueNotices()).toMatchObject([{ kind: 'reminder' }]);
  });

  it('let through what is critical', async () => {
    await setRules({}, NIGHTS);
    clock.ms += TO_NIGHT;
    await addWaiting({ dueMinutesAgo: 70 });
    await round();
    expect(await dueNotices()).toMatchObject([{ kind: 'opened', alert: { severity: 'critical' } }]);
  });

  it('defer a reminder once, for the summary', async () => {
    await setRules({ backlog: { criticalMinutes: null } }, NIGHTS);
    clock.ms += TO_NIGHT - 70 * MINUTE_MS;
    await addWaiting({ dueMinutesAgo: 20 });
    await round();
    expect(await dueNotices()).toMatchObject([{ kind: 'opened' }]);
    for (let hour = 0; hour < 9; hour += 1) await round(HOUR_MS);
    expect(await noticed()).toEqual(['opened', 'reminder', 'summary'].sort());
    await round(70 * MINUTE_MS);
    expect(await dueNotices()).toMatchObject([{ kind: 'summary', total: 1 }]);
  });

  it.each<[string, QuietHours | null, number]>([
    ['are lifted', null, 0],
    ['are shortened', { ...NIGHTS, to: '02:00' }, 3 * HOUR_MS],
  ])('that %s defer no longer than that', async (_how, quietHours, afterMs) => {
    await setRules({ backlog: { criticalMinutes: null } }, NIGHTS);
    clock.ms += TO_NIGHT;
    await addWaiting({ dueMinutesAgo: 20 });
    await round();
    await setRules({ backlog: { criticalMinutes: null } }, quietHours);
    clock.ms += afterMs - 1;
    expect(await dueNotices()).toEqual([]);
    clock.ms += 1;
    expect(await dueNotices()).toMatchObject([{ kind: 'summary', total: 1 }]);
  });
});
