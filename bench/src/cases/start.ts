/** Starts the service on tables in which a million deliveries are due: when comes the first, and how fast the others? */
import { machineMs } from '@im/testbed/clock';
import { waitUntil } from '@im/testbed/wait-until';
import type { ChannelReport } from '../receiver/receiver-commands.js';
import type { CaseResult, Integrity } from '../report/case-result.js';
import { addIntegrities } from '../report/integrity.js';
import { countPending, seedPending } from '../tables/seed-pending.js';
import { cpuSecondsPer1000, judgeArrivals, waitForArrivals, type Window } from './load-window.js';
import { BATCH } from './plain.js';
import type { Scene } from './scene.js';
import { measureThroughput } from './throughput.js';

const SETTLES_WITHIN_MS = 60_000;
/** Far above those of the plain rate. */
const FIRST_PENDING = 1_000_000;
const FIRST_DELIVERY_WITHIN_MS = 2_000;
const MIN_SHARE = 0.8;

export interface StartPlan {
  pending: number;
  onProgress: (text: string) => void;
}

export async function runStart(
  scene: Scene,
  window: Window,
  { pending, onProgress }: StartPlan,
): Promise<CaseResult> {
  const plain = await measureThroughput(scene, BATCH, window);
  const seededSeconds = await leavePending(scene, pending, onProgress);
  await scene.receiver.plan([{ behaviour: { kind: 'ok' } }]);
  const { startedAtMs, readyAtMs, usedBefore } = await startAgain(scene);
  await waitForArrivals(scene.receiver, pending);
  const usedAfter = await scene.cpuSeconds();
  const channels = await scene.receiver.report();
  const { firstAtMs, lastAtMs } = spanOf(channels);
  const integrity = judgePending(channels, pending);
  const arrived = pending - integrity.lost;
  const drainedPerSecond = (arrived * 1_000) / (lastAtMs - firstAtMs);
  return {
    name: 'start',
    figures: [
      {
        name: 'first delivery after being ready',
        value: Math.max(0, firstAtMs - readyAtMs),
        unit: 'ms',
        wanted: `<= ${FIRST_DELIVERY_WITHIN_MS.toLocaleString('en')}`,
        remark: 'with 0 it came before that',
      },
      { name: 'first delivery after the start of the process', value: firstAtMs - startedAtMs, unit: 'ms' },
      { name: 'ready after the start of the process', value: readyAtMs - startedAtMs, unit: 'ms' },
      { name: 'drained', value: drainedPerSecond, unit: '/s', hasLimits: true },
      {
        name: 'drained / plain',
        value: drainedPerSecond / plain.deliveriesPerSecond,
        unit: '×',
        wanted: `>= ${String(MIN_SHARE)}`,
      },
      { name: 'plain, batches of 100', value: plain.deliveriesPerSecond, unit: '/s' },
      { name: 'server memory at most', value: await scene.peakResidentMiB(), unit: 'MiB' },
    ],
    integrity: addIntegrities([integrity, ...(plain.result.integrity ? [plain.result.integrity] : [])]),
    cpuSecondsPer1000: cpuSecondsPer1000(usedBefore, usedAfter, arrived),
    notes: [
      `${pending.toLocaleString('en')} pending deliveries written in ${seededSeconds.toFixed(0)} s; CPU counts from the start of the process`,
    ],
  };
}

/** Stops the service once nothing waits any more, and writes what is to wait. @returns how long writing took */
async function leavePending(
  scene: Scene,
  count: number,
  onProgress: (text: string) => void,
): Promise<number> {
  const { databaseUrl } = scene.deployment;
  const [webhook] = await scene.webhooks();
  if (!webhook) throw new Error('the webhook is gone');
  const hasSettled = await waitUntil(async () => (await countPending(databaseUrl)) === 0, SETTLES_WITHIN_MS);
  if (!hasSettled) throw new Error('some deliveries of the plain rate still wait');
  await scene.deployment.stop();
  const startedAt = performance.now();
  await seedPending({
    databaseUrl,
    webhookId: webhook.webhookId,
    count,
    firstSequence: FIRST_PENDING,
    maxAttempts: webhook.retryPolicy.maxAttempts,
    onProgress: (share) => {
      onProgress(`  writing pending deliveries: ${(share * 100).toFixed(0)} %`);
    },
  });
  return (performance.now() - startedAt) / 1_000;
}

interface Started {
  /** Of the machine's monotonic clock. */
  startedAtMs: number;
  readyAtMs: number;
  usedBefore: Record<string, number>;
}

async function startAgain(scene: Scene): Promise<Started> {
  const usedBefore = await scene.cpuSeconds();
  const startedAtMs = machineMs();
  await scene.deployment.startAgain();
  return { startedAtMs, readyAtMs: machineMs(), usedBefore };
}

function spanOf(channels: readonly ChannelReport[]): { firstAtMs: number; lastAtMs: number } {
  let [firstAtMs, lastAtMs] = [Infinity, 0];
  for (const atMs of channels[0]?.arrivedAtMs.subarray(FIRST_PENDING) ?? []) {
    if (atMs === 0) continue;
    firstAtMs = Math.min(firstAtMs, atMs);
    lastAtMs = Math.max(lastAtMs, atMs);
  }
  return { firstAtMs, lastAtMs };
}

function judgePending(channels: readonly ChannelReport[], count: number): Integrity {
  const isAcknowledged = new Uint8Array(FIRST_PENDING + count).fill(1, FIRST_PENDING);
  return judgeArrivals({ acknowledged: count, isAcknowledged, refusals: {} }, channels);
}
