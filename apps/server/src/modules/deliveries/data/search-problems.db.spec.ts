/** All that is not well: failed and pending rows of several webhooks as one list, read from indexes page by page. */
import type { DeliveryStatus } from '@im/contracts/api/deliveries';
import { v7 as uuidV7 } from 'uuid';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import type { DeliveryFilter } from '../../delivery-store/data/delivery-filter.js';
import { SearchDeliveriesRepository, type OneOf } from './search-deliveries.repository.js';

let test: TestDataSource;
let search: SearchDeliveriesRepository;
let appId: string;

beforeAll(async () => {
  test = await openTestDataSource();
  search = new SearchDeliveriesRepository(test.dataSource);
});

beforeEach(async () => {
  appId = await addAppRow(test);
});

afterAll(async () => {
  await test.close();
});

interface Given {
  webhookId: string;
  status?: DeliveryStatus;
  attempts?: number;
  event?: string;
  responseStatus?: number | null;
  recoveryId?: string | null;
  passesHolds?: boolean;
}

const AT_MS = Date.now();

/** All of one millisecond: their order is that of the rest of their ids. @returns the delivery's id */
async function add(given: Given): Promise<string> {
  const { webhookId, status = 'pending', attempts = 0, event = 'message.sent', passesHolds = false } = given;
  const deliveryId = uuidV7({ msecs: AT_MS });
  const failure = status === 'success' || attempts === 0 ? null : 'server_error';
  const { responseStatus = failure === null ? null : 503, recoveryId = null } = given;
  const plan = [deliveryId, uuidV7(), webhookId, appId, event, attempts, responseStatus, failure, recoveryId];
  if (status === 'pending') {
    await test.query(
      `INSERT INTO pending_deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, attempts,
         max_attempts, next_attempt_at, claimable_at, response_status, error_class, created_at, recovery_id, passes_holds)
       VALUES ($1, $2, $2, $3, $4, $5, 'event', $6, 9, now(), now(), $7, $8, now(), $9, $10)`,
      [...plan, passesHolds],
    );
  } else {
    await test.query(
      `INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, attempts,
         max_attempts, response_status, error_class, created_at, completed_at, recovery_id, status)
       VALUES ($1, $2, $2, $3, $4, $5, 'event', $6, 9, $7, $8, now(), now(), $9, $10)`,
      [...plan, status],
    );
  }
  return deliveryId;
}

const pause = (webhookId: string) =>
  test.query(`UPDATE webhook_configs SET paused_since = now(), paused_by = 'test' WHERE webhook_id = $1`, [
    webhookId,
  ]);
const openBreaker = (webhookId: string) =>
  test.query(`UPDATE webhook_health SET paused_at = now(), probe_at = now() WHERE webhook_id = $1`, [
    webhookId,
  ]);

async function addRecovery(webhookId: string, state: 'running' | 'paused'): Promise<string> {
  const recoveryId = uuidV7();
  await test.query(
    `INSERT INTO recoveries (recovery_id, webhook_id, app_id, status_filter, events, from_at, to_at, rate_per_second,
       state, cursor_id, end_id, created_by)
     VALUES ($1, $2, $3, 'failed', '{}', now(), now(), 1, $4, $1, $1, 'test')`,
    [recoveryId, webhookId, appId, state],
  );
  return recoveryId;
}

async function idsOf(filter: Partial<DeliveryFilter> = {}, limit = 100, oneOf?: OneOf): Promise<string[]> {
  const wanted: DeliveryFilter = { appId, phase: 'problem', order: 'desc', ...filter };
  const ids: string[] = [];
  let last: string | null = null;
  for (;;) {
    const rows = await search.byDelivery(wanted, limit, last, oneOf);
    ids.push(...rows.map(({ deliveryId }) => deliveryId));
    if (rows.length < limit) return ids;
    last = ids.at(-1) ?? null;
  }
}

describe('what is not well', () => {
  it.each<[string, Omit<Given, 'webhookId'>, (webhookId: string) => Promise<unknown>, boolean]>([
    ['failed', { status: 'failed', attempts: 9 }, () => Promise.resolve(), true],
    ['retrying', { attempts: 1 }, () => Promise.resolve(), true],
    ['paused before its first attempt', {}, pause, true],
    ['paused between attempts', { attempts: 2 }, pause, true],
    ['queued', {}, () => Promise.resolve(), false],
    ['sent in spite of the pause', { passesHolds: true }, pause, false],
    ['the only one behind an open breaker', {}, openBreaker, false],
    ['delivered', { status: 'success', attempts: 2 }, () => Promise.resolve(), false],
    ['canceled', { status: 'canceled', attempts: 1 }, pause, false],
    ['skipped', { status: 'skipped' }, pause, false],
  ])('a delivery that is %s', async (_name, given, prepare, isProblem) => {
    const webhookId = await addWebhookRow(test, appId);
    const deliveryId = await add({ ...given, webhookId });
    await prepare(webhookId);
    expect(await idsOf()).toEqual(isProblem ? [deliveryId] : []);
  });

  it('behind an open breaker are all that wait', async () => {
    const webhookId = await addWebhookRow(test, appId);
    const ids = [await add({ webhookId }), await add({ webhookId, attempts: 1 }), await add({ webhookId })];
    await openBreaker(webhookId);
    expect(await idsOf()).toEqual(ids.sort().reverse());
  });

  it('of replays are those of a paused recovery, also of a webhook that works', async () => {
    const webhookId = await addWebhookRow(test, appId);
    const held = await add({ webhookId, recoveryId: await addRecovery(webhookId, 'paused') });
    await add({ webhookId, recoveryId: await addRecovery(webhookId, 'running') });
    await add({ webhookId });
    expect(await idsOf()).toEqual([held]);
  });

  it('comes page by page in the order of the log, from both tables and all webhooks, with every filter', async () => {
    const webhooks = [await addWebhookRow(test, appId), await addWebhookRow(test, appId)];
    const [working = '', paused = ''] = webhooks;
    const rows: (Given & { id: string; isProblem: boolean })[] = [];
    for (let index = 0; index < 40; index += 1) {
      const status = (['pending', 'failed', 'pending', 'success'] as const)[index % 4]!;
      const attempts = status === 'pending' && index % 8 > 3 ? 0 : 2;
      const webhookId = webhooks[index % 3 === 0 ? 1 : 0]!;
      const event = index % 5 === 0 ? 'friend.deleted' : 'message.sent';
      const responseStatus = status === 'success' ? 200 : attempts === 0 ? null : index % 7 === 0 ? 404 : 503;
      const row = { webhookId, status, attempts, event, responseStatus };
      const isProblem =
        status === 'failed' || (status === 'pending' && (attempts > 0 || webhookId === paused));
      rows.push({ ...row, isProblem, id: await add(row) });
    }
    await pause(paused);
    const wanted = (fits: (row: Given) => boolean) =>
      rows.filter((row) => row.isProblem && fits(row)).map(({ id }) => id);
    const cases: [Partial<DeliveryFilter>, (row: Given) => boolean][] = [
      [{}, () => true],
      [{ status: 'failed' }, ({ status }) => status === 'failed'],
      [{ status: 'pending' }, ({ status }) => status === 'pending'],
      [{ webhookId: paused }, ({ webhookId }) => webhookId === paused],
      [{ webhookIds: [working] }, ({ webhookId }) => webhookId === working],
      [{ event: 'friend.deleted' }, ({ event }) => event === 'friend.deleted'],
      [{ responseStatus: 404 }, ({ responseStatus }) => responseStatus === 404],
      [
        { errorClass: 'server_error', webhookId: working },
        ({ webhookId, attempts }) => webhookId === working && attempts === 2,
      ],
      [{ from: new Date(AT_MS).toISOString(), to: new Date(AT_MS + 1).toISOString() }, () => true],
      [{ from: new Date(AT_MS + 1).toISOString() }, () => false],
      [{ to: new Date(AT_MS).toISOString() }, () => false],
    ];
    for (const [filter, fits] of cases) {
      for (const limit of [5, 100]) {
        const ascending = wanted(fits).sort();
        expect([filter, await idsOf({ ...filter, order: 'asc' }, limit)]).toEqual([filter, ascending]);
        expect([filter, await idsOf(filter, limit)]).toEqual([filter, [...ascending].reverse()]);
      }
    }
    const names = { column: 'event', values: ['friend.deleted', 'message.sent'] } as const;
    expect(await idsOf({}, 5, names)).toEqual(
      wanted(() => true)
        .sort()
        .reverse(),
    );
  });
});

interface PlanNode {
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

/** How many rows of deliveries a plan has read. */
function rowsRead(node: PlanNode): number {
  const read =
    ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 0);
  const own = /^(pending_)?deliveries/.test(node['Relation Name'] ?? '') ? read : 0;
  return (node.Plans ?? []).reduce((sum, each) => sum + rowsRead(each), own);
}

/** The database, with the plan of each query. */
function explained(dataSource: DataSource, plans: PlanNode[]): DataSource {
  const transaction = (work: (manager: unknown) => Promise<unknown>) =>
    dataSource.transaction((manager) =>
      work({
        query: async (sql: string, values?: unknown[]) => {
          if (sql.startsWith('SELECT')) {
            const [row] = await dataSource.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }[]>(
              `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
              values,
            );
            if (row) plans.push(row['QUERY PLAN'][0].Plan);
          }
          return manager.query<unknown[]>(sql, values);
        },
      }),
    );
  return { transaction } as unknown as DataSource;
}

describe('a page of what is not well', () => {
  const MANY = Number(process.env.MANY ?? 20_000);
  const PAGE = 51;
  let large: string;

  /** One webhook with a backlog, one with a long log; the failed ones are the oldest. */
  beforeAll(async () => {
    large = await addAppRow(test);
    const [busy, old] = [await addWebhookRow(test, large), await addWebhookRow(test, large)];
    const id = `(lpad(to_hex(extract(epoch FROM now())::bigint * 1000 - n), 12, '0') || '7000' || lpad(to_hex(n), 16, '8'))::uuid`;
    await test.query(
      `INSERT INTO pending_deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, attempts,
         max_attempts, next_attempt_at, claimable_at, created_at)
       SELECT ${id}, ${id}, ${id}, $1, $2, 'message.sent', 'event', (n > $3::int - 30)::int, 9, now(), now(), now()
       FROM generate_series(1, $3::int) n`,
      [busy, large, MANY],
    );
    await test.query(
      `INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, attempts,
         max_attempts, response_status, created_at, completed_at, status)
       SELECT ${id}, ${id}, ${id}, $1, $2, 'message.sent', 'event', 1, 9, 200, now(), now(),
         CASE WHEN n > $3::int - 200 THEN 'failed' ELSE 'success' END
       FROM generate_series(1, $3::int) n`,
      [old, large, MANY],
    );
    await test.query('ANALYZE pending_deliveries');
    await test.query('ANALYZE deliveries');
  });

  it.each([
    ['while a backlog waits for its first attempt', null],
    [
      'of a paused webhook',
      `UPDATE webhook_configs SET paused_since = now(), paused_by = 'test' WHERE app_id = $1`,
    ],
    [
      'behind an open breaker',
      `UPDATE webhook_health h SET paused_at = now(), probe_at = now() FROM webhook_configs w
       WHERE w.webhook_id = h.webhook_id AND w.app_id = $1`,
    ],
  ])('%s reads few rows of a large log', async (_name, change) => {
    if (change !== null) await test.query(change, [large]);
    for (const order of ['desc', 'asc'] as const) {
      for (const more of [{}, { event: 'message.sent' }]) {
        const plans: PlanNode[] = [];
        const repository = new SearchDeliveriesRepository(explained(test.dataSource, plans));
        const filter = { appId: large, phase: 'problem', order, ...more } as const;
        const rows = await repository.byDelivery(filter, PAGE, null);
        expect(rows).toHaveLength(PAGE);
        expect(plans).toHaveLength(1);
        expect(plans.reduce((sum, plan) => sum + rowsRead(plan), 0)).toBeLessThan(PAGE * 20);
      }
    }
  });
});
