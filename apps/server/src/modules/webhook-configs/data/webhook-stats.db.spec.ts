import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { countInto, WebhookStatsRepository, type StatsDelta } from './webhook-stats.repository.js';

const AT = new Date('2026-11-21T08:30:00Z');

let test: TestDataSource;
let appId: string;
let webhookId: string;

beforeAll(async () => {
  test = await openTestDataSource();
  appId = await addAppRow(test);
});

beforeEach(async () => {
  webhookId = await addWebhookRow(test, appId);
});

afterAll(async () => {
  await test.close();
});

function count(deltas: StatsDelta[], at = AT, dataSource = test.dataSource): Promise<void> {
  return dataSource.transaction((manager) => countInto(manager, at, deltas));
}

async function activity(id = webhookId) {
  return (await new WebhookStatsRepository(test.dataSource).activityOf([id])).get(id);
}

describe('counters', () => {
  it('are nothing before anything happened', async () => {
    expect(await activity()).toEqual({
      stats: { total: 0, succeeded: 0, failed: 0, pending: 0, successRate: null },
      consecutiveFailures: 0,
      isPaused: false,
      lastDeliveryAt: null,
      lastSuccessAt: null,
    });
  });

  it('add up over hours', async () => {
    const later = new Date(AT.getTime() + 3_600_000);
    await count([{ webhookId, planned: 5 }]);
    await count([{ webhookId, succeeded: 2, lastAttemptAt: AT, lastSuccessAt: AT }]);
    await count([{ webhookId, failed: 1, lastAttemptAt: later, lastSuccessAt: null }], later);
    await count([{ webhookId, canceled: 1 }], later);
    expect(await activity()).toMatchObject({
      stats: { total: 5, succeeded: 2, failed: 1, pending: 1, successRate: 2 / 3 },
      lastDeliveryAt: later,
      lastSuccessAt: AT,
    });
  });

  it('keep the latest times, whatever comes last', async () => {
    const earlier = new Date(AT.getTime() - 1_000);
    await count([{ webhookId, succeeded: 1, lastAttemptAt: AT, lastSuccessAt: AT }]);
    await count([{ webhookId, succeeded: 1, lastAttemptAt: earlier, lastSuccessAt: earlier }]);
    expect(await activity()).toMatchObject({ lastDeliveryAt: AT, lastSuccessAt: AT });
  });

  it('lose nothing when two processes count the same webhooks in opposite order', async () => {
    const other = await test.openAnother();
    const second = await addWebhookRow(test, appId);
    const both = [
      { webhookId, planned: 1 },
      { webhookId: second, planned: 1 },
    ];
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        index % 2 ? count(both) : count([...both].reverse(), AT, other),
      ),
    );
    expect(await activity()).toMatchObject({ stats: { total: 40 } });
    expect(await activity(second)).toMatchObject({ stats: { total: 40 } });
  });

  it('are gone with a transaction that fails', async () => {
    await expect(
      test.dataSource.transaction(async (manager) => {
        await countInto(manager, AT, [{ webhookId, planned: 1 }]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await activity()).toMatchObject({ stats: { total: 0 } });
  });
});
