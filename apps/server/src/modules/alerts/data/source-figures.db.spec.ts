import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import {
  addAppRow,
  addSourceRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { SourceFiguresRepository, type SilenceLimits } from './source-figures.repository.js';

const NOW = Date.parse('2030-06-15T04:00:20Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000);

let test: TestDataSource;
let figures: SourceFiguresRepository;
let appId: string;

beforeAll(async () => {
  test = await openTestDataSource();
  figures = new SourceFiguresRepository(test.dataSource);
});

beforeEach(async () => {
  await test.query('TRUNCATE alert_notices, alerts, source_counts');
  await test.query('DELETE FROM sources');
  appId = await addAppRow(test);
});

afterAll(() => test.close());

const change = (sourceId: string, assignments: string, value?: unknown) =>
  test.query(
    `UPDATE sources SET ${assignments} WHERE source_id = $1`,
    value === undefined ? [sourceId] : [sourceId, value],
  );

describe('sources that fell silent', () => {
  const newlySilent = (limits: Partial<SilenceLimits> = {}) =>
    figures.newlySilent({ ofApps: new Map(), ofOthers: ago(60), ...limits });

  it('are those that received something before, but not since the limit', async () => {
    await addSourceRow(test, appId, null);
    await addSourceRow(test, appId, ago(59));
    const longer = await addSourceRow(test, appId, ago(600));
    const silent = await addSourceRow(test, appId, ago(61));
    expect(await newlySilent()).toEqual([longer, silent].sort((one) => (one === longer ? -1 : 1)));
  });

  it.each<[string, (sourceId: string) => Promise<unknown>]>([
    ['paused', (id) => change(id, 'is_enabled = false')],
    ['deleted', (id) => change(id, 'deleted_at = now()')],
    ['enabled again since', (id) => change(id, 'resumed_at = $2', ago(59))],
    ['of a deleted app', () => test.query('UPDATE apps SET deleted_at = now() WHERE app_id = $1', [appId])],
    [
      'of a suspended tenant',
      () => test.query('UPDATE tenants SET suspended_at = now() WHERE tenant_id = $1', [appId]),
    ],
  ])('are not those that are %s', async (_what, prepare) => {
    await prepare(await addSourceRow(test, appId, ago(61)));
    expect(await newlySilent()).toEqual([]);
  });

  it('go by the limit of their app, which may be none', async () => {
    const source = await addSourceRow(test, appId, ago(61));
    const limitedTo = (limit: Date | null) => newlySilent({ ofApps: new Map([[appId, limit]]) });
    expect(await limitedTo(ago(62))).toEqual([]);
    expect(await limitedTo(null)).toEqual([]);
    expect(await limitedTo(ago(30))).toEqual([source]);
    expect(await newlySilent({ ofOthers: null })).toEqual([]);
    expect(await newlySilent({ ofOthers: null, ofApps: new Map([[appId, ago(30)]]) })).toEqual([source]);
  });

  it.each([
    ['open', null, null, 0],
    ['resolved', 'li@example.com', null, 0],
    ['resolved', 'li@example.com', ago(1), 1],
    ['resolved', 'system', null, 1],
  ])('are left out while their alert goes on: %s by %s', async (status, resolvedBy, clearSince, count) => {
    const source = await addSourceRow(test, appId, ago(61));
    await test.query(
      `INSERT INTO alerts (alert_id, app_id, source_id, rule, severity, status, detail, opened_at, resolved_by, clear_since)
       VALUES ($1, $2, $3, 'source_silent', 'warning', $4, '{}', now(), $5, $6)`,
      [uuidV7(), appId, source, status, resolvedBy, clearSince],
    );
    expect(await newlySilent()).toHaveLength(count);
  });
});

describe('requests that were not accepted', () => {
  type Counts = Partial<Record<'accepted' | 'rejected' | 'notUnderstood' | 'failed', number>>;

  async function count(sourceId: string, minutesAgo: number, counts: Counts): Promise<void> {
    const { accepted = 0, rejected = 0, notUnderstood = 0, failed = 0 } = counts;
    await test.query(
      `INSERT INTO source_counts (source_id, minute_at, accepted, rejected, not_understood, failed)
       VALUES ($1, date_trunc('minute', $2::timestamptz), $3, $4, $5, $6)`,
      [sourceId, ago(minutesAgo), accepted, rejected, notUnderstood, failed],
    );
  }

  it('are counted beside all requests of the source in the window', async () => {
    const source = await addSourceRow(test, appId);
    await count(source, 16, { rejected: 500 });
    await count(source, 15, { accepted: 7, rejected: 1 });
    await count(source, 2, { accepted: 100, notUnderstood: 2, failed: 3 });
    await count(await addSourceRow(test, appId), 2, { accepted: 100 });
    expect(await figures.countNotAccepted(null, ago(15), 1)).toEqual([
      { sourceId: source, requests: 113, rejected: 1, notUnderstood: 2, failed: 3 },
    ]);
    expect(await figures.countNotAccepted(null, ago(15), 6)).toHaveLength(1);
    expect(await figures.countNotAccepted(null, ago(15), 7)).toEqual([]);
  });

  it('are counted for the apps that are asked for', async () => {
    await count(await addSourceRow(test, appId), 2, { failed: 1 });
    const other = await addAppRow(test);
    expect(await figures.countNotAccepted([other], ago(15), 1)).toEqual([]);
    expect(await figures.countNotAccepted([other, appId], ago(15), 1)).toHaveLength(1);
  });

  it('are not counted when they came during a pause', async () => {
    const source = await addSourceRow(test, appId);
    await count(source, 5, { rejected: 50 });
    await count(source, 3, { rejected: 50 });
    await count(source, 2, { rejected: 1 });
    await change(source, 'resumed_at = $2', ago(3));
    expect(await figures.countNotAccepted(null, ago(15), 1)).toMatchObject([{ requests: 1, rejected: 1 }]);
  });
});
