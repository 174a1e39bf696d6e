import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { FoldCountsRepository } from '../../statistics/data/fold-counts.repository.js';
import { WebhookStatsRepository } from './webhook-stats.repository.js';

const AT = new Date('2026-11-21T08:30:00Z');
const NOTHING = { attempts: 0, attemptSuccessRate: null, deliveredRate: null, successRate: null };

let test: TestDataSource;
let appId: string;
let webhookId: string;
let now = AT;

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

/** Everything that commits have counted. */
async function count(delta: Record<string, number | Date>): Promise<void> {
  const columns = { webhook_id: webhookId, event: 'message.sent', bucket_at: AT, ...delta };
  const values = Object.values(columns);
  await test.query(
    `INSERT INTO count_deltas (${Object.keys(columns).join()}) VALUES (${values.map((_, i) => `$${i + 1}`).join()})`,
    values,
  );
}

const fold = () => new FoldCountsRepository(test.dataSource).fold(AT, new Date(AT.getTime() - 120_000));

async function activity() {
  return (await new WebhookStatsRepository(test.dataSource).activityOf([webhookId], now)).get(webhookId);
}

describe('the statistics of a webhook’s deliveries', () => {
  it('is nothing before anything happened', async () => {
    expect(await activity()).toEqual({
      stats: { total: 0, succeeded: 0, failed: 0, pending: 0, ...NOTHING },
      consecutiveFailures: 0,
      isPaused: false,
      lastDeliveryAt: null,
      lastSuccessAt: null,
    });
  });

  it('is the sum of everything counted, folded or not', async () => {
    const later = new Date(AT.getTime() + 3_600_000);
    await count({ total: 6, due: 6 });
    await count({ retried: 3 });
    await count({ succeeded: 2, delivered: 1, last_attempt_at: AT, last_success_at: AT });
    const expected = {
      stats: {
        ...{ total: 6, succeeded: 2, failed: 1, pending: 1, attempts: 6 },
        ...{ attemptSuccessRate: 2 / 6, deliveredRate: 1 / 4, successRate: 1 / 4 },
      },
      lastDeliveryAt: later,
      lastSuccessAt: AT,
    };
    await fold();
    await count({ failed: 1, last_attempt_at: later, bucket_at: later });
    await count({ canceled: 1, skipped: 1, due: -2 });
    expect(await activity()).toMatchObject(expected);
    await fold();
    expect(await activity()).toMatchObject(expected);
  });

  it('leaves what is younger than a minute out of what should have arrived, folded or not', async () => {
    const secondsLater = (seconds: number) => new Date(AT.getTime() + seconds * 1_000);
    await count({ total: 2, due: 2, slot_at: AT });
    await count({ succeeded: 1, delivered: 1, slot_at: AT });
    await count({ total: 1, due: 1, slot_at: secondsLater(5) });
    const rateAt = async (seconds: number) => {
      now = secondsLater(seconds);
      return (await activity())?.stats.deliveredRate;
    };
    for (let round = 0; round < 2; round += 1) {
      expect(await rateAt(0)).toBeNull();
      expect(await rateAt(64.999)).toBeNull();
      expect(await rateAt(65)).toBe(1 / 2);
      expect(await rateAt(69.999)).toBe(1 / 2);
      expect(await rateAt(70)).toBe(1 / 3);
      await fold();
    }
  });

  it('keeps the latest times, in any order of arrival', async () => {
    const earlier = new Date(AT.getTime() - 1_000);
    for (const at of [AT, earlier]) {
      await count({ succeeded: 1, last_attempt_at: at, last_success_at: at });
      await fold();
    }
    expect(await activity()).toMatchObject({ lastDeliveryAt: AT, lastSuccessAt: AT });
  });
});
