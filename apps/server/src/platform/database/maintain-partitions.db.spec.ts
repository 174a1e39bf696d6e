import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { openTestDataSource, type TestDataSource } from '../../testing/data-source.js';
import { Clock } from '../clock/clock.js';
import { Logger } from '../logging/logger.js';
import { PARTITIONS_LOCK } from './advisory-locks.js';
import { MaintainPartitionsService } from './maintain-partitions.service.js';

const PATIENCE = { timeout: 20_000, interval: 50 };
const NOW = Date.parse('2030-03-01T12:00:00Z');
const DAYS = ['20300228', '20300301', '20300302', '20300303', '20300304'];

class FixedClock extends Clock {
  constructor(private readonly ms: number) {
    super();
  }

  override nowMs(): number {
    return this.ms;
  }
}

let test: TestDataSource;

beforeEach(async () => {
  test = await openTestDataSource();
});

afterEach(async () => {
  await test.close();
});

function maintainer(nowMs = NOW, dataSource = test.dataSource): MaintainPartitionsService {
  return new MaintainPartitionsService(dataSource, new FixedClock(nowMs), new Logger('silent'));
}

async function partitions(): Promise<string[]> {
  const rows = await test.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits
     WHERE inhparent::regclass::text IN ('events', 'event_users', 'deliveries', 'attempts') ORDER BY 1`,
  );
  return rows.map(({ name }) => name).filter((name) => !name.endsWith('_default'));
}

const EXPECTED = ['attempts', 'deliveries', 'event_users', 'events'].flatMap((table) =>
  DAYS.map((day) => `${table}_${day}`),
);

it('makes yesterday’s, today’s and the next three days’ partitions', async () => {
  await maintainer().createAhead();
  expect(await partitions()).toEqual(EXPECTED);
});

it('makes them once, however often and from however many processes at once', async () => {
  const other = await test.openAnother();
  const makers = [maintainer(), maintainer(NOW, other), maintainer(), maintainer(NOW, other)];
  await Promise.all(makers.map((each) => each.createAhead()));
  await maintainer().createAhead();
  expect(await partitions()).toEqual(EXPECTED);
});

it('waits for a process that takes longer than a reader would be kept waiting', async () => {
  const other = await test.openAnother();
  const made = await other.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [PARTITIONS_LOCK]);
    const making = maintainer().createAhead();
    making.catch(() => undefined);
    await vi.waitUntil(async () => {
      const [waiting] = await test.query<{ isLong: boolean }>(
        `SELECT bool_or(now() - waitstart > interval '1200 milliseconds') AS "isLong" FROM pg_locks
         WHERE locktype = 'advisory' AND NOT granted AND objid = $1`,
        [PARTITIONS_LOCK],
      );
      return waiting?.isLong;
    }, PATIENCE);
    return { making };
  });
  await made.making;
  expect(await partitions()).toEqual(EXPECTED);
});

it('adds a day a day later', async () => {
  await maintainer().createAhead();
  await maintainer(NOW + 86_400_000).createAhead();
  expect(await partitions()).toHaveLength(EXPECTED.length + 4);
  expect(await partitions()).toContain('events_20300305');
});

it.each([
  ['the first millisecond of a day', '2030-03-01T00:00:00.000Z', 'events_20300301'],
  ['the last millisecond of a day', '2030-03-01T23:59:59.999Z', 'events_20300301'],
  ['three days ahead', '2030-03-04T23:59:59.999Z', 'events_20300304'],
  ['a day without a partition', '2031-01-01T00:00:00.000Z', 'events_default'],
])('an id of %s (%s) lands in %s', async (_name, at, expected) => {
  await maintainer().createAhead();
  const eventId = uuidV7({ msecs: Date.parse(at) });
  await test.query(
    `INSERT INTO events (event_id, app_id, event, occurred_at, received_at, payload) VALUES ($1, $1, 'x', now(), now(), '{}')`,
    [eventId],
  );
  expect(await test.query('SELECT tableoid::regclass::text AS name FROM events')).toEqual([
    { name: expected },
  ]);
});
