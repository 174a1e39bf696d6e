/** Measures latency at a fixed rate, from the planned instant of a request to the arrival at the receiver. */
import type { LoadReport } from '../load/load-commands.js';
import type { LoadSpread } from '../load/spread.js';
import type { ChannelReport } from '../receiver/receiver-commands.js';
import type { Integrity } from '../report/case-result.js';
import { quantile } from '../report/quantile.js';
import { judgeArrivals, measureWindow, waitForArrivals, type Window } from './load-window.js';
import type { Scene } from './scene.js';

export interface PacedLoad {
  /** Wanted by one webhook, whose receiver is the first channel. */
  event: string;
  eventsPerSecond: number;
  /** Absent: all events go to the scene's app. */
  spread?: LoadSpread;
}

export interface PacedMeasure {
  p50Ms: number;
  p99Ms: number;
  slowestMs: number;
  deliveriesPerSecond: number;
  /** How late requests left, which is part of every latency. */
  lateByP99Ms: number;
  integrity: Integrity;
  cpuSecondsPer1000: Record<string, number>;
}

export async function measurePaced(
  scene: Scene,
  { event, eventsPerSecond, spread }: PacedLoad,
  window: Window,
): Promise<PacedMeasure> {
  await scene.receiver.plan([{ behaviour: { kind: 'ok' } }]);
  await scene.beginLoad({
    event,
    spread,
    batchSize: 1,
    webhooks: 1,
    conversations: 1_000,
    isOrdered: false,
    pace: { kind: 'open', eventsPerSecond },
  });
  const { deliveriesPerSecond, cpuSecondsPer1000 } = await measureWindow(scene, window);
  const load = await scene.endLoad();
  await waitForArrivals(scene.receiver, load.acknowledged);
  const channels = await scene.receiver.report();
  const latenciesMs = latenciesOf(load, channels[0], window.warmUpMs);
  return {
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    slowestMs: quantile(latenciesMs, 1),
    deliveriesPerSecond,
    lateByP99Ms: load.lateness.p99Ms,
    integrity: judgeArrivals(load, channels),
    cpuSecondsPer1000,
  };
}

/** Of the events planned after the warm-up; missing ones count as infinite. */
function latenciesOf(load: LoadReport, channel: ChannelReport | undefined, warmUpMs: number): number[] {
  const countedFromMs = (load.plannedAtMs[0] ?? 0) + warmUpMs;
  const latenciesMs: number[] = [];
  for (const [sequence, plannedAtMs] of load.plannedAtMs.entries()) {
    if (plannedAtMs < countedFromMs) continue;
    const arrivedAtMs = channel?.arrivedAtMs[sequence] ?? 0;
    latenciesMs.push(arrivedAtMs > 0 ? arrivedAtMs - plannedAtMs : Infinity);
  }
  return latenciesMs;
}
