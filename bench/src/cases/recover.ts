/** Replays 50,000 failed deliveries during live traffic on two webhooks. Half way a worker is killed. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Recovery } from '@im/contracts/api/recoveries';
import { machineMs } from '@im/testbed/clock';
import { waitUntil } from '@im/testbed/wait-until';
import type { LoadReport } from '../load/load-commands.js';
import type { ChannelReport } from '../receiver/receiver-commands.js';
import type { CaseResult, Figure, Integrity } from '../report/case-result.js';
import { quantile } from '../report/quantile.js';
import { countRedeliveries, seedFailed } from '../tables/seed-failed.js';
import { cpuSecondsPer1000, judgeArrivals, waitForArrivals, type Window } from './load-window.js';
import type { Scene } from './scene.js';

const LIVE_PER_SECOND = 300;
const REPLAYS_PER_SECOND = 500;
/** Far above the live ones, so that a receiver can distinguish them. */
const FIRST_REPLAYED = 500_000;
const LOOK_EVERY_MS = 500;
/** Events planned within this time before the kill may have been leased by the killed worker. */
const LAST_BEFORE_KILL_MS = 5_000;
const RECOVERED_WITHIN_MS = 1_200_000;
const HOUR_MS = 3_600_000;
/** Both webhooks get every live event. */
const CHANNELS = [{ behaviour: { kind: 'ok' } }, { behaviour: { kind: 'ok' } }] as const;
const CHANNEL_NAMES = ['same webhook', 'other webhook'];

interface Watched {
  /** When it was started, when a worker was killed, when it ended; of the machine's monotonic clock. */
  startedAtMs: number;
  killedAtMs: number;
  endedAtMs: number;
  recovery: Recovery;
  slowestLookMs: number;
}

export interface RecoverPlan {
  /** Failed deliveries. */
  count: number;
  onProgress: (text: string) => void;
}

export async function runRecover(
  scene: Scene,
  window: Window,
  { count, onProgress }: RecoverPlan,
): Promise<CaseResult> {
  const webhook = await scene.createWebhook({ url: scene.receiver.urlOf(0), events: ['message.sent'] });
  await scene.createWebhook({ url: scene.receiver.urlOf(1), events: ['message.sent'] });
  const alone = await measureAlone(scene, window);

  const { databaseUrl } = scene.deployment;
  onProgress(`  writing ${String(count)} failed deliveries`);
  await seedFailed({ databaseUrl, webhookId: webhook.webhookId, count, firstSequence: FIRST_REPLAYED });
  const usedBefore = await scene.cpuSeconds();
  await beginLive(scene);
  await delay(window.warmUpMs);
  const watched = await recover(scene, webhook.webhookId, { count, onProgress });
  const load = await scene.endLoad();
  await waitForArrivals(scene.receiver, load.acknowledged * CHANNELS.length + count);
  const usedAfter = await scene.cpuSeconds();
  const channels = await scene.receiver.report();

  const { made, originals } = await countRedeliveries(databaseUrl);
  const { recovery, startedAtMs, killedAtMs, endedAtMs } = watched;
  return {
    name: 'recover',
    figures: [
      ...channels.flatMap((channel, index) =>
        latencyFigures(CHANNEL_NAMES[index] ?? '', alone[index] ?? [], {
          during: latenciesBetween(load, channel, startedAtMs, killedAtMs - LAST_BEFORE_KILL_MS),
          after: latenciesBetween(load, channel, killedAtMs, endedAtMs),
        }),
      ),
      {
        name: 'recovered',
        value: (count * 1_000) / (endedAtMs - startedAtMs),
        unit: '/s',
        wanted: `<= ${String(REPLAYS_PER_SECOND)}`,
      },
      { name: 'succeeded as reported', value: recovery.succeeded, unit: '', wanted: String(count) },
      { name: 'redeliveries made', value: made, unit: '', wanted: String(count) },
      { name: 'of originals', value: originals, unit: '', wanted: String(count) },
      { name: 'slowest look at the progress', value: watched.slowestLookMs, unit: 'ms' },
    ],
    integrity: judgeAll(load, channels, count),
    cpuSecondsPer1000: cpuSecondsPer1000(usedBefore, usedAfter, load.acknowledged * CHANNELS.length + count),
    notes: [
      'a worker was killed (SIGKILL) half way: what it had leased came again or late, after its leases',
    ],
  };
}

async function beginLive(scene: Scene): Promise<void> {
  await scene.receiver.plan([...CHANNELS]);
  await scene.beginLoad({
    event: 'message.sent',
    batchSize: 1,
    webhooks: CHANNELS.length,
    conversations: 1_000,
    isOrdered: false,
    pace: { kind: 'open', eventsPerSecond: LIVE_PER_SECOND },
  });
}

async function measureAlone(scene: Scene, { warmUpMs, measuredMs }: Window): Promise<number[][]> {
  await beginLive(scene);
  await delay(warmUpMs);
  const fromMs = machineMs();
  await delay(measuredMs);
  const toMs = machineMs();
  const load = await scene.endLoad();
  await waitForArrivals(scene.receiver, load.acknowledged * CHANNELS.length);
  const channels = await scene.receiver.report();
  return channels.map((channel) => latenciesBetween(load, channel, fromMs, toMs));
}

async function recover(
  scene: Scene,
  webhookId: string,
  { count, onProgress }: RecoverPlan,
): Promise<Watched> {
  const base = `/apps/${scene.appKey}/webhooks/${webhookId}`;
  const startedAtMs = machineMs();
  const { recoveryId } = await scene.api.call<Recovery>('POST', `${base}/recover`, {
    from: new Date(Date.now() - HOUR_MS),
    to: new Date(),
    status: 'failed',
    ratePerSecond: REPLAYS_PER_SECOND,
  });
  let killedAtMs = 0;
  let slowestLookMs = 0;
  let recovery: Recovery | undefined;
  let reportedTenths = 0;
  await waitUntil(async () => {
    const lookedAtMs = machineMs();
    recovery = await scene.api.call<Recovery>('GET', `${base}/recoveries/${recoveryId}`);
    slowestLookMs = Math.max(slowestLookMs, machineMs() - lookedAtMs);
    const tenths = Math.floor((recovery.succeeded * 10) / count);
    if (tenths > reportedTenths)
      onProgress(`  ${String(recovery.succeeded)} of ${String(recovery.total)} recovered`);
    reportedTenths = tenths;
    if (killedAtMs === 0 && recovery.succeeded >= count / 2) {
      killedAtMs = machineMs();
      await killAWorker(scene);
    }
    await delay(LOOK_EVERY_MS);
    return recovery.state !== 'running';
  }, RECOVERED_WITHIN_MS);
  if (recovery?.state !== 'completed') throw new Error(`the recovery is ${recovery?.state ?? 'unknown'}`);
  return { startedAtMs, killedAtMs, endedAtMs: machineMs(), recovery, slowestLookMs };
}

/** The first one; another replaces it. */
async function killAWorker({ deployment }: Scene): Promise<void> {
  const worker = deployment.servers.find(({ role, isRunning }) => role === 'worker' && isRunning);
  if (!worker) throw new Error('there is no worker to kill');
  await worker.end('SIGKILL');
  await deployment.add('worker');
}

function latenciesBetween(load: LoadReport, channel: ChannelReport, fromMs: number, toMs: number): number[] {
  return [...load.plannedAtMs].flatMap((plannedAtMs, sequence) => {
    if (plannedAtMs < fromMs || plannedAtMs >= toMs) return [];
    const arrivedAtMs = channel.arrivedAtMs[sequence] ?? 0;
    return [arrivedAtMs > 0 ? arrivedAtMs - plannedAtMs : Infinity];
  });
}

function latencyFigures(
  name: string,
  alone: number[],
  { during, after }: { during: number[]; after: number[] },
): Figure[] {
  return [
    {
      name: `${name}: p99 during / alone`,
      value: quantile(during, 0.99) / quantile(alone, 0.99),
      unit: '×',
      wanted: '<= 2',
    },
    { name: `${name}: p50 alone`, value: quantile(alone, 0.5), unit: 'ms' },
    { name: `${name}: p50 during`, value: quantile(during, 0.5), unit: 'ms' },
    { name: `${name}: p99 alone`, value: quantile(alone, 0.99), unit: 'ms' },
    { name: `${name}: p99 during`, value: quantile(during, 0.99), unit: 'ms' },
    { name: `${name}: slowest once a worker was killed`, value: quantile(after, 1), unit: 'ms' },
  ];
}

function judgeAll(load: LoadReport, channels: readonly ChannelReport[], count: number): Integrity {
  const live = judgeArrivals(load, channels);
  const lost = live.lost + lostReplays(channels[0], count);
  return { ...live, expected: live.expected + count, lost };
}

function lostReplays(channel: ChannelReport | undefined, count: number): number {
  let lost = 0;
  for (let n = 0; n < count; n += 1) {
    if (!((channel?.arrivedAtMs[FIRST_REPLAYED + n] ?? 0) > 0)) lost += 1;
  }
  return lost;
}
