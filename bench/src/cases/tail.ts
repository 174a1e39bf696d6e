/** Follows a log of a million deliveries in a browser while events come in: is the page smooth, and does it count right? */
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '@im/testbed/wait-until';
import pg from 'pg';
import { LogPage, type LogCounts } from '../browser/log-page.js';
import type { CaseResult, Figure } from '../report/case-result.js';
import { judgeArrivals, waitForArrivals, type Window } from './load-window.js';
import type { Scene } from './scene.js';
import { narrowToOne, openSeededLog, type SeedOptions } from './seeded-log.js';

const EVENTS_PER_SECOND = 200;
const EVENT = 'message.sent';
/** Of the first attempts; the second one follows after a second. */
const FAILED_PERCENT = 5;
const RETRY = { strategy: 'fixed', initialDelayMs: 1_000, maxAttempts: 3 };
/** Chromium keeps what it traces in memory. */
const TRACED_AT_ONCE_MS = 30_000;
const SETTLES_WITHIN_MS = 60_000;

const MAX_TASK_MS = 100;
const MAX_UPDATES_PER_SECOND = 2;

export async function runTail(scene: Scene, window: Window, options: SeedOptions): Promise<CaseResult> {
  const { webhookIds, seededSeconds } = await openSeededLog(scene, options);
  await narrowToOne(scene, webhookIds, { events: [EVENT], retryPolicy: RETRY });
  await scene.receiver.plan([{ behaviour: { kind: 'fail-first', percent: FAILED_PERCENT } }]);
  const page = await LogPage.open(scene.deployment, scene.appKey, () =>
    scene.beginLoad({
      event: EVENT,
      batchSize: 1,
      webhooks: 1,
      conversations: 1_000,
      isOrdered: false,
      pace: { kind: 'open', eventsPerSecond: EVENTS_PER_SECOND },
    }),
  );
  try {
    await delay(window.warmUpMs);
    options.onProgress('following the log');
    const measured = await measure(page, window.measuredMs);
    const load = await scene.endLoad();
    await waitForArrivals(scene.receiver, load.acknowledged);
    const counted = await compareCounts(page, scene.deployment.databaseUrl);
    return {
      name: 'tail',
      figures: [
        ...measured,
        ...counted,
        { name: 'peak memory of the server', value: await scene.peakResidentMiB(), unit: 'MiB' },
      ],
      integrity: judgeArrivals(load, await scene.receiver.report()),
      cpuSecondsPer1000: {},
      notes: [
        `${options.deliveries.toLocaleString('en')} deliveries seeded in ${seededSeconds.toFixed(0)} s`,
      ],
    };
  } finally {
    await page.close();
  }
}

/** In the first half the page is at its top, in the second half its reader has scrolled. */
async function measure(page: LogPage, measuredMs: number): Promise<Figure[]> {
  const heaps = [await page.heapMiB()];
  const atTop = await follow(page, measuredMs / 2);
  heaps.push(await page.heapMiB());
  await page.scroll();
  const scrolled = await follow(page, measuredMs / 2);
  heaps.push(await page.heapMiB());
  const { threadMs, wallMs } = page.trace.longestTask();
  const heap = heaps.map((mebibytes) => mebibytes.toFixed(1)).join(', ');
  return [
    {
      name: 'longest task of the main thread',
      value: threadMs,
      unit: 'ms',
      wanted: `<= ${MAX_TASK_MS}`,
      remark: `thread time; by the clock ${wallMs.toFixed(0)} ms`,
    },
    {
      name: 'updates of the table',
      value: atTop,
      unit: '/s',
      wanted: `<= ${MAX_UPDATES_PER_SECOND}`,
      remark: `while its reader has scrolled ${scrolled.toFixed(1)} /s`,
    },
    {
      name: 'growth of the page’s heap',
      value: (heaps.at(-1) ?? 0) - (heaps[0] ?? 0),
      unit: 'MiB',
      remark: `${heap} MiB at start, half time and end, garbage collected`,
    },
  ];
}

/** @returns how often the table was rendered, per second */
async function follow(page: LogPage, forMs: number): Promise<number> {
  const [startedAt, before] = [performance.now(), await page.updates()];
  for (let leftMs = forMs; leftMs > 0; leftMs -= TRACED_AT_ONCE_MS) {
    await page.trace.start();
    await delay(Math.min(leftMs, TRACED_AT_ONCE_MS));
    await page.trace.stop();
  }
  return ((await page.updates()) - before) / ((performance.now() - startedAt) / 1_000);
}

const sumOf = ({ shown, buffered, leftOut }: LogCounts): number => shown + buffered + leftOut;

/** Compares what the page says with the rows, first while its reader has scrolled, then at the top. */
async function compareCounts(page: LogPage, databaseUrl: string): Promise<Figure[]> {
  const recorded = await countRecorded(databaseUrl, page.oldestId);
  const figures = [await figureOf('scrolled', page, recorded)];
  await page.showBuffered();
  figures.push(await figureOf('at the top', page, recorded));
  return figures;
}

async function figureOf(where: string, page: LogPage, recorded: number): Promise<Figure> {
  await waitUntil(
    async () =>
      sumOf(await page.counts()) === recorded &&
      (where === 'scrolled' || (await page.counts()).buffered === 0),
    SETTLES_WITHIN_MS,
    500,
  );
  const counts = await page.counts();
  const { shown, buffered, leftOut } = counts;
  return {
    name: `deliveries unaccounted for, ${where}`,
    value: recorded - sumOf(counts),
    unit: '',
    wanted: '0',
    remark: `${shown} shown, ${buffered} buffered, ${leftOut} left out of ${recorded} recorded`,
  };
}

/** Those from a delivery on, once none waits for another attempt. */
async function countRecorded(databaseUrl: string, oldestId: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const read = async (sql: string, values: string[] = []): Promise<number> =>
      (await client.query<{ count: number }>(sql, values)).rows[0]?.count ?? 0;
    const isDone = await waitUntil(
      async () => (await read('SELECT count(*)::int AS count FROM pending_deliveries')) === 0,
      SETTLES_WITHIN_MS,
    );
    if (!isDone) throw new Error('some deliveries still wait');
    return await read('SELECT count(*)::int AS count FROM deliveries WHERE delivery_id >= $1', [oldestId]);
  } finally {
    await client.end();
  }
}
