/** Closed-loop cases: as many events as the service delivers, no backlog growing, counted where they arrive. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CaseResult } from '../report/case-result.js';
import { waitUntil } from '../testbed/wait-until.js';
import { judgeArrivals } from './judge-arrivals.js';
import type { Scene } from './scene.js';

/** Gives up waiting for stragglers when nothing new has come for so long. */
const NOTHING_COMES_MS = 20_000;

export interface ThroughputCase {
  name: string;
  batchSize: number;
  webhooks: number;
  inFlight: number;
  maxBacklog: number;
  wanted: string;
}

export interface Window {
  warmUpMs: number;
  measuredMs: number;
}

export async function measureThroughput(
  scene: Scene,
  plan: ThroughputCase,
  window: Window,
): Promise<CaseResult> {
  const channels = Array.from({ length: plan.webhooks }, () => ({ behaviour: { kind: 'ok' as const } }));
  await scene.receiver.plan(channels);
  for (const channel of channels.keys()) await scene.createWebhook({ url: scene.receiver.urlOf(channel) });
  await scene.beginLoad({
    event: 'message.sent',
    batchSize: plan.batchSize,
    webhooks: plan.webhooks,
    conversations: 1_000,
    isOrdered: false,
    pace: { kind: 'closed', inFlight: plan.inFlight, maxBacklog: plan.maxBacklog },
  });
  await delay(window.warmUpMs);
  const before = await takeMark(scene);
  await delay(window.measuredMs);
  const after = await takeMark(scene);
  const load = await scene.generator.finish();
  await waitForArrivals(scene, load.acknowledged * plan.webhooks);

  const delivered = after.arrived - before.arrived;
  const perSecond = (count: number): number => (count * 1_000) / (after.atMs - before.atMs);
  return {
    name: plan.name,
    figures: [
      { name: 'deliveries', value: perSecond(delivered), unit: '/s', wanted: plan.wanted },
      { name: 'events accepted', value: perSecond(after.acknowledged - before.acknowledged), unit: '/s' },
      { name: 'largest backlog', value: load.largestBacklog, unit: 'deliveries' },
      { name: 'server memory at most', value: await scene.peakResidentMiB(), unit: 'MiB' },
    ],
    integrity: judgeArrivals(load, await scene.receiver.report()),
    cpuSecondsPer1000: Object.fromEntries(
      Object.entries(after.cpu).map(([process, seconds]) => [
        process,
        ((seconds - (before.cpu[process] ?? 0)) * 1_000) / delivered,
      ]),
    ),
    notes: [],
  };
}

interface Mark {
  arrived: number;
  acknowledged: number;
  atMs: number;
  cpu: Record<string, number>;
}

async function takeMark(scene: Scene): Promise<Mark> {
  const cpu = await scene.cpuSeconds();
  const { acknowledged } = await scene.generator.progress();
  const { arrived, atMs } = await scene.receiver.progress();
  return { arrived, acknowledged, atMs, cpu };
}

/** @returns whether everything came */
async function waitForArrivals(scene: Scene, expected: number): Promise<boolean> {
  let last = -1;
  for (;;) {
    const { arrived } = await scene.receiver.progress();
    if (arrived >= expected) return true;
    if (arrived === last) return false;
    last = arrived;
    await waitUntil(async () => (await scene.receiver.progress()).arrived > last, NOTHING_COMES_MS);
  }
}
