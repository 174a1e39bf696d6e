import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { FoldCountsRepository } from './fold-counts.repository.js';

const AT = new Date('2026-11-21T08:30:00Z');

let test: TestDataSource;
let webhookId: string;

beforeAll(async () => {
  test = await openTestDataSource();
});

beforeEach(async () => {
  webhookId = await addWebhookRow(test, await addAppRow(test));
});

afterAll(async () => {
  await test.close();
});

async function addSuccesses(count: number, at: Date, bin: number): Promise<void> {
  await test.query(
    `INSERT INTO count_deltas (webhook_id, event, bucket_at, minute_at, total, succeeded, duration_sum_ms, bins)
     VALUES ($1, 'message.sent', $2, $2, $3, $3, 10 * $3::integer, array_fill($4::smallint, ARRAY[$3::integer]))`,
    [webhookId, at, count, bin],
  );
}

async function folded() {
  return test.query<Record<string, unknown>>(
    `SELECT grain_minutes AS grain, bucket_at AS at, succeeded, bins, bin_counts AS counts, duration_sum_ms AS sum
     FROM delivery_counts WHERE webhook_id = $1 ORDER BY grain_minutes, bucket_at`,
    [webhookId],
  );
}

const minutesLater = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);

it('adds to quarters, hours, four hours and days what came before, bin by bin', async () => {
  const counts = new FoldCountsRepository(test.dataSource);
  await addSuccesses(2, AT, 5);
  await counts.fold(AT);
  await addSuccesses(1, AT, 5);
  await addSuccesses(3, AT, 2);
  await addSuccesses(4, minutesLater(15), 7);
  await counts.fold(AT);
  const day = { succeeded: 10, bins: [2, 5, 7], counts: [3, 3, 4], sum: 100 };
  expect(await folded()).toEqual([
    { grain: 15, at: AT, succeeded: 6, bins: [2, 5], counts: [3, 3], sum: 60 },
    { grain: 15, at: minutesLater(15), succeeded: 4, bins: [7], counts: [4], sum: 40 },
    { grain: 60, at: minutesLater(-30), ...day },
    { grain: 240, at: new Date('2026-11-21T08:00:00Z'), ...day },
    { grain: 1440, at: new Date('2026-11-21T00:00:00Z'), ...day },
  ]);
  expect(await test.query('SELECT * FROM count_deltas')).toEqual([]);
});

it('counts everything once while several processes count and fold', async () => {
  const processes = [test.dataSource, await test.openAnother(), await test.openAnother()];
  const folds = processes.map((each) => new FoldCountsRepository(each));
  await Promise.all(
    Array.from({ length: 90 }, async (_, index) => {
      if (index % 3 === 0) await folds[index % 2]!.fold(AT);
      else await addSuccesses(1 + (index % 5), AT, index % 7);
    }),
  );
  await folds[2]!.fold(AT);
  const expected = Array.from({ length: 90 }, (_, index) => (index % 3 === 0 ? 0 : 1 + (index % 5)));
  const sum = expected.reduce((total, each) => total + each, 0);
  for (const row of await folded()) {
    expect(row).toMatchObject({ succeeded: sum });
    expect((row.counts as number[]).reduce((total, each) => total + each, 0)).toBe(sum);
  }
});

it('keeps the last minutes only', async () => {
  const counts = new FoldCountsRepository(test.dataSource);
  const minutes = async () =>
    (
      await test.query<{ at: Date; attempts: number }>(
        'SELECT minute_at AS at, attempts FROM attempt_windows WHERE webhook_id = $1 ORDER BY 1',
        [webhookId],
      )
    ).map(({ at, attempts }) => [at.getTime(), attempts]);
  for (const minute of [-1, 0, 1]) await addSuccesses(2, minutesLater(minute), 3);
  await counts.fold(AT);
  expect(await minutes()).toEqual([
    [AT.getTime(), 2],
    [minutesLater(1).getTime(), 2],
  ]);
  await counts.removeWindows(minutesLater(1));
  expect(await minutes()).toEqual([[minutesLater(1).getTime(), 2]]);
});

it('is due once something has waited, and no longer when it is folded', async () => {
  const counts = new FoldCountsRepository(test.dataSource);
  await addSuccesses(1, AT, 3);
  expect(await counts.isDue(60_000)).toBe(false);
  await test.query(`UPDATE count_deltas SET counted_at = counted_at - interval '61 seconds'`);
  expect(await counts.isDue(60_000)).toBe(true);
  await counts.fold(AT);
  expect(await counts.isDue(60_000)).toBe(false);
});
