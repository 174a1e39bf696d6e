/** Measures latency from the planned instant of a request to the arrival at the receiver, at a moderate rate. */
import { quantile } from '../report/quantile.js';
import type { CaseResult, Figure } from '../report/case-result.js';
import type { LoadReport } from '../load/load-commands.js';
import type { ChannelReport } from '../receiver/receiver-commands.js';
import { judgeArrivals, measureWindow, waitForArrivals, type Window } from './load-window.js';
import type { Scene } from './scene.js';

const EVENTS_PER_SECOND = 300;

export async function runLatency(scene: Scene, window: Window): Promise<CaseResult> {
  await scene.receiver.plan([{ behaviour: { kind: 'ok' } }]);
  await scene.createWebhook({ url: scene.receiver.urlOf(0) });
  await scene.beginLoad({
    event: 'message.sent',
    batchSize: 1,
    webhooks: 1,
    conversations: 1_000,
    isOrdered: false,
    pace: { kind: 'open', eventsPerSecond: EVENTS_PER_SECOND },
  });
  const { deliveriesPerSecond, cpuSecondsPer1000 } = await measureWindow(scene, window);
  const load = await scene.endLoad();
  await waitForArrivals(scene.receiver, load.acknowledged);
  const channels = await scene.receiver.report();
  const latenciesMs = latenciesOf(load, channels[0], window.warmUpMs);
  const figures: Figure[] = [
    { name: 'p50', value: quantile(latenciesMs, 0.5), unit: 'ms', wanted: '<= 8' },
    { name: 'p99', value: quantile(latenciesMs, 0.99), unit: 'ms', wanted: '<= 40' },
    { name: 'slowest', value: quantile(latenciesMs, 1), unit: 'ms' },
    { name: 'deliveries', value: deliveriesPerSecond, unit: '/s' },
    { name: 'of p99: requests left late by', value: load.lateness.p99Ms, unit: 'ms' },
  ];
  return { name: 'latency', figures, integrity: judgeArrivals(load, channels), cpuSecondsPer1000, notes: [] };
}

/** Of the events planned after the warm-up; missing ones count as infinite. */
export function latenciesOf(
  load: LoadReport,
  channel: ChannelReport | undefined,
  warmUpMs: number,
): number[] {
  const countedFromMs = (load.plannedAtMs[0] ?? 0) + warmUpMs;
  const latenciesMs: number[] = [];
  for (const [sequence, plannedAtMs] of load.plannedAtMs.entries()) {
    if (plannedAtMs < countedFromMs) continue;
    const arrivedAtMs = channel?.arrivedAtMs[sequence] ?? 0;
    latenciesMs.push(arrivedAtMs > 0 ? arrivedAtMs - plannedAtMs : Infinity);
  }
  return latenciesMs;
}
