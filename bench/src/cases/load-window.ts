/** Measures a window in the middle of a load, and compares acknowledged deliveries with arrivals afterwards. */
import { setTimeout as delay } from 'node:timers/promises';
import type { LoadReport } from '../load/load-commands.js';
import type { Integrity } from '../report/case-result.js';
import type { ChannelReport } from '../receiver/receiver-commands.js';
import type { Receiver } from '../receiver/receiver.js';
import { waitUntil } from '@im/testbed/wait-until';
import type { Scene } from './scene.js';

/** Waiting for the last arrivals ends after this time without new ones: longer than a hung request lasts. */
const NOTHING_COMES_MS = 45_000;

export interface Window {
  warmUpMs: number;
  measuredMs: number;
}

export interface WindowMeasure {
  deliveriesPerSecond: number;
  acceptedPerSecond: number;
  cpuSecondsPer1000: Record<string, number>;
}

interface Mark {
  arrived: number;
  acknowledged: number;
  atMs: number;
  cpuSeconds: Record<string, number>;
}

/** Lets the load that has begun warm up, then measures. */
export async function measureWindow(scene: Scene, { warmUpMs, measuredMs }: Window): Promise<WindowMeasure> {
  await delay(warmUpMs);
  const before = await takeMark(scene);
  await delay(measuredMs);
  const after = await takeMark(scene);
  const seconds = (after.atMs - before.atMs) / 1_000;
  const delivered = after.arrived - before.arrived;
  return {
    deliveriesPerSecond: delivered / seconds,
    acceptedPerSecond: (after.acknowledged - before.acknowledged) / seconds,
    cpuSecondsPer1000: cpuSecondsPer1000(before.cpuSeconds, after.cpuSeconds, delivered),
  };
}

async function takeMark(scene: Scene): Promise<Mark> {
  const cpuSeconds = await scene.cpuSeconds();
  const { acknowledged } = await scene.generator.progress();
  const { arrived, atMs } = await scene.receiver.progress();
  return { arrived, acknowledged, atMs, cpuSeconds };
}

/** What each process used between two samples, for 1,000 deliveries. */
export function cpuSecondsPer1000(
  before: Record<string, number>,
  after: Record<string, number>,
  deliveries: number,
): Record<string, number> {
  if (deliveries === 0) return {};
  return Object.fromEntries(
    Object.entries(after).map(([name, seconds]) => [
      name,
      ((seconds - (before[name] ?? 0)) * 1_000) / deliveries,
    ]),
  );
}

/** @returns whether everything came; false when nothing has come for long and some is still missing */
export async function waitForArrivals(receiver: Receiver, expected: number): Promise<boolean> {
  let last = -1;
  for (;;) {
    const { arrived } = await receiver.progress();
    if (arrived >= expected) return true;
    if (arrived === last) return false;
    last = arrived;
    await waitUntil(async () => (await receiver.progress()).arrived > last, NOTHING_COMES_MS);
  }
}

/** @param channels one for each webhook that wanted the events */
export function judgeArrivals(
  load: Pick<LoadReport, 'acknowledged' | 'isAcknowledged' | 'refusals'>,
  channels: readonly ChannelReport[],
): Integrity {
  const sum = (count: (channel: ChannelReport) => number): number =>
    channels.reduce((total, channel) => total + count(channel), 0);
  return {
    expected: load.acknowledged * channels.length,
    lost: sum((channel) => lostIn(channel, load.isAcknowledged)),
    duplicates: sum((channel) => channel.duplicates),
    duplicatesWithOtherId: sum((channel) => channel.duplicatesWithOtherId),
    inversions: sum((channel) => channel.inversions),
    refusals: load.refusals,
  };
}

function lostIn({ arrivedAtMs }: ChannelReport, isAcknowledged: Uint8Array): number {
  let lost = 0;
  for (const [sequence, wasAcknowledged] of isAcknowledged.entries()) {
    if (wasAcknowledged === 1 && !((arrivedAtMs[sequence] ?? 0) > 0)) lost += 1;
  }
  return lost;
}
