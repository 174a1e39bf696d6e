import { hash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { ConfigurationChanged, ConfigVersion } from '../../../platform/database/config-version.js';
import { FindAppService } from '../../apps/find-app.service.js';
import { AppCredentialsRepository } from '../../apps/data/app-credentials.repository.js';
import { WebhookSettingsRepository } from '../../webhook-configs/data/webhook-settings.repository.js';
import type { PlannedDelivery } from './insert-deliveries.js';
import { planDeliveries } from '../../events/plan-deliveries.js';
import { EventStoreRepository, type StoreResult } from './event-store.repository.js';
import type { EventToStore } from './insert-events.js';

let test: TestDataSource;
let store: EventStoreRepository;
let appId: string;

beforeAll(async () => {
  test = await openTestDataSource();
  store = new EventStoreRepository(test.dataSource);
});

beforeEach(async () => {
  appId = await addAppRow(test);
  await addWebhookRow(test, appId);
});

afterAll(async () => {
  await test.close();
});

function event(key?: string, content = 'one', override: Partial<EventToStore> = {}): EventToStore {
  const contentHash = hash('sha256', content, 'buffer');
  return {
    eventId: uuidV7(),
    appId,
    event: 'friend.deleted',
    timestamp: null,
    conversationId: null,
    messageId: null,
    userIds: [],
    payload: '{}',
    receivedAt: new Date(),
    receivedFrom: 'token:deploy',
    key: key === undefined ? null : { value: key, contentHash },
    ...override,
  };
}

async function storeAll(
  events: EventToStore[],
  into = store,
  configVersion?: number,
): Promise<StoreResult[]> {
  const routes = await new WebhookSettingsRepository(
    test.dataSource,
    new FindAppService(new AppCredentialsRepository(test.dataSource), new ConfigVersion(test.dataSource)),
  ).routesOf([appId]);
  const plan = events.map((each): [string, PlannedDelivery[]] => [
    each.eventId,
    planDeliveries(each, routes.get(each.appId) ?? []),
  ]);
  return into.store(events, new Map(plan), 0, configVersion);
}

const kinds = (results: StoreResult[]) => results.map(({ kind }) => kind);

async function stored(): Promise<{ events: number; deliveries: number; keys: number; counted: number }> {
  const [row] = await test.query<{ events: number; deliveries: number; keys: number; counted: number }>(
    `SELECT (SELECT count(*)::int FROM events WHERE app_id = $1) AS events,
            (SELECT count(*)::int FROM delivery_log WHERE app_id = $1) AS deliveries,
            (SELECT count(*)::int FROM event_keys WHERE app_id = $1) AS keys,
            (SELECT coalesce(sum(total), 0)::int FROM count_deltas JOIN webhook_configs USING (webhook_id) WHERE app_id = $1) AS counted`,
    [appId],
  );
  return row!;
}

describe('the key of an event', () => {
  it('is claimed by the first; the same content again is a duplicate, other content a conflict', async () => {
    const first = event('k');
    expect(kinds(await storeAll([first]))).toEqual(['stored']);
    expect(await storeAll([event('k')])).toEqual([
      { kind: 'duplicate', eventId: first.eventId, deliveryCount: 1 },
    ]);
    expect(kinds(await storeAll([event('k', 'two')]))).toEqual(['conflict']);
    expect(await stored()).toEqual({ events: 1, deliveries: 1, keys: 1, counted: 1 });
  });

  it('counts within one batch too, in the order of the events', async () => {
    const first = event('k');
    const results = await storeAll([event(), first, event('k'), event('k', 'two'), event('l')]);
    expect(kinds(results)).toEqual(['stored', 'stored', 'duplicate', 'conflict', 'stored']);
    expect(results[2]).toMatchObject({ eventId: first.eventId });
    expect(await stored()).toEqual({ events: 3, deliveries: 3, keys: 2, counted: 3 });
  });

  it('is claimed once when batches with the same keys in opposite order are stored at once', async () => {
    const other = new EventStoreRepository(await test.openAnother());
    const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
    const batches = Array.from({ length: 8 }, (_, index) =>
      (index % 2 ? keys : [...keys].reverse()).map((key) => event(key)),
    );
    const results = await Promise.all(
      batches.map((batch, index) => storeAll(batch, index % 3 ? store : other)),
    );
    expect(kinds(results.flat()).filter((kind) => kind === 'stored')).toHaveLength(keys.length);
    expect(kinds(results.flat())).not.toContain('conflict');
    expect(await stored()).toEqual({ events: 30, deliveries: 30, keys: 30, counted: 30 });
  });

  it('is free again when the batch that claimed it failed', async () => {
    const broken = event('m', 'one', { payload: '{}', messageId: 'NUL \u0000' });
    await expect(storeAll([event('k'), broken])).rejects.toThrow();
    expect(await stored()).toEqual({ events: 0, deliveries: 0, keys: 0, counted: 0 });
    expect(kinds(await storeAll([event('k')]))).toEqual(['stored']);
  });

  it('compares each of a batch with the event that has the key, not with its neighbour', async () => {
    const first = event('k');
    await storeAll([first]);
    const results = await storeAll([event('k', 'two'), event('k'), event('k', 'three')]);
    expect(results).toEqual([
      { kind: 'conflict' },
      { kind: 'duplicate', eventId: first.eventId, deliveryCount: 1 },
      { kind: 'conflict' },
    ]);
  });

  it('is free again after its time, for one of those that come then', async () => {
    const contentHash = hash('sha256', 'one', 'buffer');
    const limited = () => event('k', 'one', { key: { value: 'k', contentHash, withinMs: 60_000 } });
    const early = limited();
    await storeAll([early]);
    expect(await storeAll([limited()])).toMatchObject([{ kind: 'duplicate', eventId: early.eventId }]);
    await test.query("UPDATE event_keys SET created_at = now() - interval '2 minutes' WHERE app_id = $1", [
      appId,
    ]);
    const late = Array.from({ length: 8 }, limited);
    const results = (await Promise.all(late.map((each) => storeAll([each])))).flat();
    const next = late.filter((_, index) => results[index]?.kind === 'stored');
    expect(next).toHaveLength(1);
    const others = results.filter(({ kind }) => kind === 'duplicate');
    expect(others).toEqual(
      Array.from({ length: 7 }, () => ({ kind: 'duplicate', eventId: next[0]?.eventId, deliveryCount: 1 })),
    );
    expect(await stored()).toMatchObject({ events: 2, deliveries: 2, keys: 1 });
  });

  it('that expires between the claim and the look at its holder is claimed then', async () => {
    await storeAll([event('k')]);
    const database = test.dataSource;
    const query = database.query.bind(database);
    const expiring = vi.spyOn(database, 'query').mockImplementationOnce(async (sql, parameters) => {
      await query('DELETE FROM event_keys WHERE app_id = $1', [appId]);
      return query(sql, parameters);
    });
    const late = event('k', 'two');
    const plan = new Map([[late.eventId, []]]);
    expect(kinds(await store.store([late], plan, 0))).toEqual(['stored']);
    expiring.mockRestore();
    expect(await stored()).toMatchObject({ events: 2, keys: 1 });
  });

  it('belongs to its app', async () => {
    const otherAppId = await addAppRow(test);
    expect(kinds(await storeAll([event('k'), event('k', 'two', { appId: otherAppId })]))).toEqual([
      'stored',
      'stored',
    ]);
  });
});

describe('planning', () => {
  it('sees the webhooks of the transaction: each app’s own, disabled ones as skipped, deleted ones not', async () => {
    const [disabled, deleted] = [await addWebhookRow(test, appId), await addWebhookRow(test, appId)];
    await test.query('UPDATE webhook_configs SET is_enabled = false WHERE webhook_id = $1', [disabled]);
    await test.query('UPDATE webhook_configs SET deleted_at = now() WHERE webhook_id = $1', [deleted]);
    await addWebhookRow(test, await addAppRow(test));
    const [result] = await storeAll([event('k')]);
    expect(result).toMatchObject({ kind: 'stored', deliveries: { length: 2 } });
    const rows = await test.query<{ status: string }>('SELECT status FROM delivery_log WHERE app_id = $1', [
      appId,
    ]);
    expect(rows.map(({ status }) => status).sort()).toEqual(['pending', 'skipped']);
    expect(await stored()).toMatchObject({ counted: 2 });
    expect(await storeAll([event('k')])).toMatchObject([{ kind: 'duplicate', deliveryCount: 1 }]);
  });
});

describe.each([
  ['without keys', () => [event(), event()]],
  ['with keys', () => [event('k'), event()]],
])('events %s that were planned with a cached configuration', (_what, events) => {
  const presentVersion = async (): Promise<number> => {
    const [row] = await test.query<{ version: string }>('SELECT version FROM config_version');
    return Number(row!.version);
  };

  it('are stored while it is the present one', async () => {
    const given = events();
    expect(kinds(await storeAll(given, store, await presentVersion()))).toEqual(['stored', 'stored']);
    expect(await stored()).toMatchObject({ events: 2, deliveries: 2, counted: 2 });
  });

  it('are not stored once it is another one, nor are their keys claimed', async () => {
    const version = await presentVersion();
    await test.query('UPDATE webhook_configs SET timeout_ms = timeout_ms + 1 WHERE app_id = $1', [appId]);
    const given = events();
    await expect(storeAll(given, store, version)).rejects.toThrow(ConfigurationChanged);
    expect(await stored()).toEqual({ events: 0, deliveries: 0, keys: 0, counted: 0 });
    expect(kinds(await storeAll(given, store, await presentVersion()))).toEqual(['stored', 'stored']);
  });
});
