import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { StatisticsRepository, type StatisticsFilter } from './statistics.repository.js';

let test: TestDataSource;

beforeAll(async () => {
  test = await openTestDataSource();
});

afterAll(async () => {
  await test.close();
});

it('an app with many charts by the minute is refused, and takes no turn of another app', async () => {
  const webhookId = await addWebhookRow(test, await addAppRow(test));
  const minutes = (appId: string): StatisticsFilter => ({
    ...{ appId, webhookIds: [webhookId], event: undefined, ranges: null, dueBefore: new Date() },
    ...{ startsMs: [Date.now() - 60_000], endMs: Date.now(), withCourses: false },
  });
  const statistics = new StatisticsRepository(test.dataSource);
  const other = await test.openAnother();
  const counted: Promise<unknown>[] = [];
  await other.transaction(async (manager) => {
    // Makes counting slow, however little there is to count.
    await manager.query('LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE');
    for (let times = 0; times < 11; times += 1) counted.push(statistics.sumUp(minutes('busy')));
    await expect(statistics.sumUp(minutes('busy'))).rejects.toMatchObject({ code: 'too_many_requests' });
    counted.push(statistics.sumUp(minutes('other')));
  });
  expect(await Promise.all(counted)).toHaveLength(12);
});
