import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addAppRow,
  addSourceRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { SourceRequestsRepository } from './source-requests.repository.js';

const NOW = new Date('2030-06-15T12:34:56Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

let test: TestDataSource;
let repository: SourceRequestsRepository;
let sourceId: string;
let otherId: string;

beforeAll(async () => {
  test = await openTestDataSource();
  repository = new SourceRequestsRepository(test.dataSource);
});
beforeEach(async () => {
  const appId = await addAppRow(test);
  sourceId = await addSourceRow(test, appId);
  otherId = await addSourceRow(test, appId);
});
afterAll(() => test.close());

/** Counts of the minute that holds an instant. */
const countAt = (id: string, agoMs: number, counts: Partial<Record<'accepted' | 'failed', number>>) => {
  const minuteAt = new Date(Math.floor((NOW.getTime() - agoMs) / MINUTE_MS) * MINUTE_MS);
  const none = { accepted: 0, rejected: 0, notUnderstood: 0, failed: 0 };
  return repository.record([], [{ sourceId: id, minuteAt, ...none, ...counts }], NOW);
};

describe('the activity of sources', () => {
  it('is counted by the hour that ends now, and not older than a day', async () => {
    await countAt(sourceId, 0, { accepted: 1 });
    await countAt(sourceId, 59 * MINUTE_MS, { accepted: 2, failed: 3 });
    await countAt(sourceId, HOUR_MS + MINUTE_MS, { accepted: 4 });
    await countAt(sourceId, 24 * HOUR_MS - MINUTE_MS, { accepted: 5 });
    await countAt(sourceId, 24 * HOUR_MS + MINUTE_MS, { accepted: 100 });
    await countAt(otherId, 0, { accepted: 7 });
    const activityOf = await repository.activityOf([sourceId, otherId], NOW);
    const { counters, hours } = activityOf(sourceId);
    expect(counters).toMatchObject({ received: 15, accepted: 12, failed: 3 });
    expect(hours.accepted).toEqual([5, ...Array<number>(21).fill(0), 4, 3]);
    expect(hours.notAccepted).toEqual([...Array<number>(23).fill(0), 3]);
    expect(activityOf(otherId).counters.received).toBe(7);
  });

  it('of one that received nothing is zero', async () => {
    const activityOf = await repository.activityOf([sourceId], NOW);
    expect(activityOf(sourceId).counters.received).toBe(0);
    expect(activityOf(sourceId).hours.accepted).toHaveLength(24);
  });
});
