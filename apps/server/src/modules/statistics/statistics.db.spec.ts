import {
  MAX_COURSE_BUCKETS,
  type StatisticsCounts,
  type StatisticsPeriod,
  type StatisticsQuery,
  type WebhookStatistics,
} from '@im/contracts/api/statistics';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clock } from '../../platform/clock/clock.js';
import { retryTransient } from '../../platform/database/retry-transient.js';
import { instantOfId } from '../../platform/database/time-partitions.js';
import type { HttpOutcome } from '../../platform/outgoing-http/http-outcome.js';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  plannedDelivery,
  type TestDataSource,
} from '../../testing/data-source.js';
import { randomOf, type Random } from '../../testing/random.js';
import { FoldCountsRepository } from './data/fold-counts.repository.js';
import { dueBefore } from '../delivery-store/domain/success-rates.js';
import type { AttemptRecord } from '../delivery-store/data/attempt-record.js';
import type { AttemptRecordsRepository } from '../dispatcher/data/attempt-records.repository.js';
import { DeliveryStatesRepository } from '../delivery-store/data/delivery-states.repository.js';
import { insertDeliveries, type PlannedDelivery } from '../delivery-store/data/insert-deliveries.js';
import { WebhookStatsRepository } from '../webhook-configs/data/webhook-stats.repository.js';
import { bucketStart } from './calendar-buckets.js';
import { StatisticsRepository } from './data/statistics.repository.js';
import { ShowStatisticsService } from './show-statistics.service.js';
import { attemptRecords } from '../../testing/stores.js';

const DAY_MS = 86_400_000;
/** In the night in which Europe's clocks go back, near the end of a year. */
const NOW_MS = Date.parse('2026-10-25T03:20:00Z');
const PERIODS: StatisticsPeriod[] = ['minute', 'hour', 'day', 'week', 'month'];
const ZONES = ['UTC', 'Asia/Shanghai', 'Asia/Kolkata', 'Asia/Kathmandu', 'Europe/Berlin', 'America/New_York'];
const EVENTS = ['message.sent', 'message.read', 'group.created'];

class TestClock extends Clock {
  override nowMs(): number {
    return nowMs;
  }
}

/** The clock of every process. */
let nowMs = NOW_MS;

let test: TestDataSource;
let appId: string;
let webhookIds: string[];

beforeAll(async () => {
  test = await openTestDataSource();
});

afterAll(async () => {
  await test.close();
});

/** A process of the service: connections and repositories of its own. */
async function startProcess() {
  const dataSource = await test.openAnother();
  return {
    dataSource,
    states: new DeliveryStatesRepository(dataSource),
    records: attemptRecords(dataSource, 0),
    counts: new FoldCountsRepository(dataSource),
    statistics: new ShowStatisticsService(new StatisticsRepository(dataSource), new TestClock()),
  };
}
type Process = Awaited<ReturnType<typeof startProcess>>;

/** Times that tend to lie on the edges of buckets, to the millisecond; none is so recent that it is not due. */
function someTime(random: Random): number {
  const at = NOW_MS - 200_000 - Math.floor(random.number() * (random.chance(0.5) ? 2 : 90) * DAY_MS);
  if (random.chance(0.4)) return at;
  const edge = bucketStart(at, random.oneOf(PERIODS), random.oneOf(ZONES));
  return edge - (random.chance(0.5) ? 1 : 0);
}

/** Around the time at which deliveries become due, on the edges of its five seconds too. */
function someRecentTime(random: Random): number {
  const at = Date.now() - Math.floor(random.number() * 150_000);
  return random.chance(0.3) ? Math.floor(at / 5_000) * 5_000 - (random.chance(0.5) ? 1 : 0) : at;
}

function someDelivery(random: Random, createdMs: number): PlannedDelivery {
  return plannedDelivery({
    appId,
    webhookId: random.oneOf(webhookIds),
    deliveryId: uuidV7({ msecs: createdMs }),
    event: random.oneOf(EVENTS),
    kind: random.oneOf(['event', 'event', 'event', 'redelivery', 'test'] as const),
    status: random.chance(0.1) ? 'skipped' : 'pending',
  });
}

interface Waiting {
  delivery: PlannedDelivery;
  attempts: number;
}

function someAttempt({ delivery, attempts }: Waiting, status: AttemptRecord['status'], random: Random) {
  const { deliveryId, webhookId, kind } = delivery;
  const outcome: HttpOutcome = {
    startedAt: new Date(nowMs - Math.floor(random.number() * 3 * 3_600_000)),
    // From 0.03 ms to 65 s, each order of magnitude as often.
    durationMs: Math.exp(Math.log(0.03) + random.number() * Math.log(65_000 / 0.03)),
    phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null },
    remoteAddress: null,
    responseStatus: status === 'success' ? 200 : 500,
    responseHeaders: null,
    responseBody: null,
    isResponseTruncated: false,
    errorClass: status === 'success' ? null : 'server_error',
    errorMessage: null,
    evidence: null,
    retryAfterMs: null,
  };
  const retryInMs = { pending: 60_000, split: 0, success: null, failed: null }[status];
  const record = { deliveryId, webhookId, kind, attempt: attempts + 1, status, retryInMs };
  return { ...record, holdMs: 0, requestHeaders: '{}', outcome };
}

/** As the service does: deadlocks are retried. */
function recordAll(records: AttemptRecordsRepository, attempts: AttemptRecord[]) {
  return retryTransient(() => records.record(attempts), 15_000);
}

/** Everything that happens to deliveries, in several processes at once, folded in between. */
class Traffic {
  private readonly waiting: Waiting[] = [];
  private readonly canceled: Waiting[] = [];

  constructor(
    private readonly processes: readonly Process[],
    private readonly random: Random,
    private readonly timeOf: (random: Random) => number,
  ) {}

  /** Concurrent steps work on different deliveries. */
  async go(steps: number): Promise<void> {
    for (let done = 0; done < steps; done += 6) {
      await Promise.all(Array.from({ length: 6 }, () => this.step()));
    }
  }

  private async step(): Promise<void> {
    const { random } = this;
    const process = random.oneOf(this.processes);
    const kind = random.number();
    if (kind < 0.3) await this.create(process);
    else if (kind < 0.75) await this.attempt(process);
    else if (kind < 0.85) await this.cancelSome(process);
    else if (kind < 0.9) await this.attemptLate(process);
    else await this.fold(process);
  }

  private async fold({ counts }: Process): Promise<void> {
    const recentSince = new Date(nowMs - 120_000);
    await counts.fold(new Date(nowMs - 7_200_000), recentSince);
    await counts.removeRecent(recentSince);
  }

  private async create({ dataSource }: Process): Promise<void> {
    const planned = Array.from({ length: 1 + this.random.below(20) }, () =>
      someDelivery(this.random, this.timeOf(this.random)),
    );
    await insertDeliveries(dataSource, planned, 0);
    this.waiting.push(
      ...planned.filter(({ status }) => status === 'pending').map((delivery) => ({ delivery, attempts: 0 })),
    );
  }

  private async attempt({ records }: Process): Promise<void> {
    const { random } = this;
    const taken = this.takeSome(this.waiting, 15);
    const statuses = random.chance(0.5)
      ? (['success'] as const)
      : (['success', 'success', 'failed', 'pending', 'split'] as const);
    const attempts = taken.map((each) => someAttempt(each, random.oneOf(statuses), random));
    await recordAll(records, attempts);
    const again = taken.filter((_, index) => ['pending', 'split'].includes(attempts[index]?.status ?? ''));
    this.waiting.push(...again.map((each) => ({ ...each, attempts: each.attempts + 1 })));
    // Recorded once more, as after a commit whose answer was lost: nothing changes.
    if (random.chance(0.2)) await recordAll(records, attempts);
  }

  private async cancelSome({ states }: Process): Promise<void> {
    for (const each of this.takeSome(this.waiting, 4)) {
      await states.cancel(each.delivery.deliveryId, new Date(nowMs));
      this.canceled.push(each);
    }
  }

  /** An attempt that was under way when its delivery was canceled. */
  private async attemptLate({ records }: Process): Promise<void> {
    const { random } = this;
    const late = this.takeSome(this.canceled, 3);
    await recordAll(
      records,
      late.map((each) => someAttempt(each, random.oneOf(['success', 'failed', 'split']), random)),
    );
  }

  private takeSome(from: Waiting[], most: number): Waiting[] {
    const count = Math.min(from.length, 1 + this.random.below(most));
    return Array.from({ length: count }, () => from.splice(this.random.below(from.length), 1)).flat();
  }
}

interface RawRow {
  id: string;
  webhookId: string;
  event: string;
  kind: string;
  status: string;
  /** Splits left out. */
  attempts: number;
  arrivals: number;
  durationMs: number | null;
}

function rawRows(): Promise<RawRow[]> {
  return test.query<RawRow>(
    `SELECT d.delivery_id AS id, webhook_id AS "webhookId", event, kind, status, d.duration_ms AS "durationMs",
       count(a.attempt)::int AS attempts, count(a.attempt) FILTER (WHERE a.response_status = 200)::int AS arrivals
     FROM delivery_log d LEFT JOIN attempts a ON a.delivery_id = d.delivery_id AND a.is_split IS NOT TRUE
     WHERE app_id = $1 AND kind <> 'test' GROUP BY 1, 2, 3, 4, 5, 6`,
    [appId],
  );
}

/** The figures as they are defined, out of the rows themselves. */
function ratesOf(rows: readonly RawRow[]) {
  const sum = (valueOf: (row: RawRow) => number) => rows.reduce((total, row) => total + valueOf(row), 0);
  const attempts = sum((row) => row.attempts);
  const due = rows.filter(
    ({ id, kind, status }) =>
      kind === 'event' &&
      status !== 'canceled' &&
      status !== 'skipped' &&
      instantOfId(id) < dueBefore(nowMs).getTime(),
  );
  const delivered = due.filter(({ status }) => status === 'success');
  const deliveredRate = due.length === 0 ? null : delivered.length / due.length;
  const attemptSuccessRate = attempts === 0 ? null : sum((row) => row.arrivals) / attempts;
  return { attempts, attemptSuccessRate, deliveredRate, successRate: deliveredRate };
}

/** Compares the answer with the rows: counts exactly, durations within the stated bound. */
function expectToBe(answered: StatisticsCounts, rows: readonly RawRow[], errorBound: number): void {
  const countOf = (status: string) => rows.filter((row) => row.status === status).length;
  const { meanMs, p50Ms, p95Ms, p99Ms, ...counts } = answered;
  expect(counts).toEqual({
    total: rows.length,
    succeeded: countOf('success'),
    failed: countOf('failed'),
    canceled: countOf('canceled'),
    skipped: countOf('skipped'),
    pending: countOf('pending'),
    ...ratesOf(rows),
  });
  const durations = rows
    .flatMap(({ status, durationMs }) =>
      (status === 'success' || status === 'failed') && durationMs !== null ? [durationMs] : [],
    )
    .sort((one, other) => one - other);
  const mean = durations.reduce((sum, each) => sum + each, 0) / durations.length;
  const exact = [
    [meanMs, mean, 1e-6],
    ...([0.5, 0.95, 0.99] as const).map(
      (q, index) =>
        [
          [p50Ms, p95Ms, p99Ms][index],
          durations[Math.ceil(q * durations.length) - 1],
          errorBound + 1e-6,
        ] as const,
    ),
  ] as const;
  for (const [stated, is, bound] of exact) {
    if (durations.length === 0) expect(stated).toBeNull();
    else expect(Math.abs(Number(stated) - Number(is))).toBeLessThanOrEqual(Number(is) * bound);
  }
}

function expectToMatch(statistics: WebhookStatistics, rows: readonly RawRow[]): void {
  const { errorBound } = statistics;
  const within = (from: string, to: string) =>
    rows.filter(({ id }) => instantOfId(id) >= Date.parse(from) && instantOfId(id) < Date.parse(to));
  const all = within(statistics.from, statistics.to);
  expectToBe(statistics.overall, all, errorBound);
  let edge = statistics.from;
  for (const { from, to, ...counts } of statistics.buckets) {
    expect(from).toBe(edge);
    edge = to;
    expectToBe(counts, within(from, to), errorBound);
  }
  expect(edge).toBe(statistics.to);
  const events = [...new Set(all.map((row) => row.event))].sort();
  expect(statistics.byEvent.map(({ event }) => event)).toEqual(events);
  for (const { event, ...counts } of statistics.byEvent) {
    const ofEvent = all.filter((row) => row.event === event);
    expectToBe(counts, ofEvent, errorBound);
  }
}

function someQuery(random: Random): StatisticsQuery {
  const period = random.oneOf(PERIODS);
  const toMs = NOW_MS - Math.floor(random.number() * 40 * DAY_MS);
  const spanMs = { minute: 0.25, hour: 2, day: 20, week: 60, month: 90 }[period] * DAY_MS * random.number();
  const isBounded = random.chance(0.7);
  return {
    period,
    timeZone: random.oneOf(ZONES),
    ...(isBounded && {
      from: new Date(toMs - spanMs - 1).toISOString(),
      to: new Date(toMs).toISOString(),
    }),
    ...(random.chance(0.3) && { event: random.oneOf(EVENTS) }),
  };
}

describe('statistics', () => {
  const seed = Number(process.env.STATISTICS_SEED ?? Date.now() % 1_000_000);

  it(`match the rows after any mix of steps and folds (STATISTICS_SEED=${String(seed)})`, async () => {
    const random = randomOf(seed);
    appId = await addAppRow(test);
    webhookIds = [];
    for (let index = 0; index < 3; index++) webhookIds.push(await addWebhookRow(test, appId));
    const processes = [await startProcess(), await startProcess(), await startProcess()];
    nowMs = NOW_MS;
    const traffic = new Traffic(processes, random, someTime);
    for (let round = 0; round < 12; round++) {
      await traffic.go(30);
      const rows = await rawRows();
      for (let asked = 0; asked < 4; asked++) {
        const query = someQuery(random);
        const { statistics } = random.oneOf(processes);
        const wanted = rows.filter(({ event }) => query.event === undefined || query.event === event);
        const ofApp = await statistics.ofApp(appId, query);
        expectToMatch(ofApp, wanted);
        expect(ofApp.byWebhook.map(({ webhookId }) => webhookId)).toEqual([...webhookIds].sort());
        for (const { webhookId, name, isDeleted, course, ...counts } of ofApp.byWebhook) {
          expect({ name, isDeleted }).toEqual({ name: 'test', isDeleted: false });
          const { from, to, overall, buckets, errorBound } = await statistics.ofWebhook(
            appId,
            webhookId,
            query,
          );
          expect(course).toEqual(
            buckets.length <= MAX_COURSE_BUCKETS ? buckets.map(({ total }) => total) : null,
          );
          expect({ from, to, overall }).toEqual({ from: ofApp.from, to: ofApp.to, overall: counts });
          const own = wanted.filter(
            (row) =>
              row.webhookId === webhookId &&
              instantOfId(row.id) >= Date.parse(from) &&
              instantOfId(row.id) < Date.parse(to),
          );
          expectToBe(counts, own, errorBound);
        }
      }
      await expectTotals(rows);
    }
  }, 120_000);

  it(`leave out of what should have arrived what is too recent, exactly to five seconds (STATISTICS_SEED=${String(seed)})`, async () => {
    const random = randomOf(seed);
    appId = await addAppRow(test);
    webhookIds = [await addWebhookRow(test, appId), await addWebhookRow(test, appId)];
    const processes = [await startProcess(), await startProcess()];
    nowMs = Date.now();
    const traffic = new Traffic(processes, random, someRecentTime);
    for (let round = 0; round < 12; round++) {
      await traffic.go(18);
      const rows = await rawRows();
      nowMs = Date.now();
      const { statistics } = random.oneOf(processes);
      const period = random.oneOf(['minute', 'hour'] as const);
      expectToMatch(await statistics.ofApp(appId, { period, timeZone: 'UTC' }), rows);
      await expectTotals(rows);
    }
  }, 120_000);
});

/** All-time totals are the same counts. */
async function expectTotals(rows: readonly RawRow[]): Promise<void> {
  const activity = await new WebhookStatsRepository(test.dataSource).activityOf(webhookIds, new Date(nowMs));
  for (const webhookId of webhookIds) {
    const own = rows.filter((row) => row.webhookId === webhookId);
    const countOf = (status: string) => own.filter((row) => row.status === status).length;
    expect(activity.get(webhookId)?.stats).toMatchObject({
      total: own.length,
      succeeded: countOf('success'),
      failed: countOf('failed'),
      pending: countOf('pending'),
      ...ratesOf(own),
    });
  }
}
