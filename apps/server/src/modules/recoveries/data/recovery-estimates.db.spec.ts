import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { lowestIdAt } from '../../../platform/database/time-partitions.js';
import { RecoveryEstimatesRepository } from './recovery-estimates.repository.js';

let test: TestDataSource;

beforeAll(async () => {
  test = await openTestDataSource();
});

afterAll(async () => {
  await test.close();
});

it('one tenant with many dry runs is refused, and takes no turn of another tenant', async () => {
  const appId = await addAppRow(test);
  const webhookId = await addWebhookRow(test, appId);
  const scan = {
    ...{ recoveryId: uuidV7(), webhookId, appId, status: 'failed' as const, events: [], webhookEvents: [] },
    ...{ cursorId: lowestIdAt(Date.now() - 1_000), endId: lowestIdAt(Date.now()) },
  };
  const estimates = new RecoveryEstimatesRepository(test.dataSource);
  const tooMany = { code: 'too_many_requests' };
  const another = await test.openAnother();
  await another.transaction(async (manager) => {
    // Makes reading the log slow, however short it is.
    await manager.query('LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE');
    const busy = Array.from({ length: 4 }, () => estimates.count('busy', scan));
    const other = estimates.count('other', scan);
    await expect(estimates.count('busy', scan)).rejects.toMatchObject(tooMany);
    // The first takes as long as it may; the turn of the others does not come before they have waited too long.
    const stopped = { status: 'fulfilled', value: { count: 0, isFinal: false } };
    const refused = { status: 'rejected', reason: tooMany };
    const outcomes = await Promise.allSettled([...busy, other]);
    expect(outcomes).toMatchObject([stopped, refused, refused, refused, stopped]);
  });
  expect(await estimates.count('busy', scan)).toEqual({ count: 0, isFinal: true });
});
