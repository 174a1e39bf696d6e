/** Measures the latency of a healthy webhook under a steady load, alone or with other webhooks. */
import { latenciesOf } from './latency.js';
import { judgeArrivals, measureWindow, waitForArrivals, type Window } from './load-window.js';
import type { Scene } from './scene.js';
import type { Figure, Integrity } from '../report/case-result.js';
import { quantile } from '../report/quantile.js';

export const HEALTHY_EVENT = 'message.sent';
const HEALTHY_PER_SECOND = 100;

export interface HealthyMeasure {
  p50Ms: number;
  p99Ms: number;
  slowestMs: number;
  integrity: Integrity;
  cpuSecondsPer1000: Record<string, number>;
}

export async function measureHealthy(scene: Scene, window: Window): Promise<HealthyMeasure> {
  await scene.receiver.plan([{ behaviour: { kind: 'ok' } }]);
  await scene.beginLoad({
    event: HEALTHY_EVENT,
    batchSize: 1,
    webhooks: 1,
    conversations: 1_000,
    isOrdered: false,
    pace: { kind: 'open', eventsPerSecond: HEALTHY_PER_SECOND },
  });
  const { cpuSecondsPer1000 } = await measureWindow(scene, window);
  const load = await scene.endLoad();
  await waitForArrivals(scene.receiver, load.acknowledged);
  const channels = await scene.receiver.report();
  const latenciesMs = latenciesOf(load, channels[0], window.warmUpMs);
  return {
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    slowestMs: quantile(latenciesMs, 1),
    integrity: judgeArrivals(load, channels),
    cpuSecondsPer1000,
  };
}

/** @param the other webhooks, e.g. `with others` or `with 500` */
export function withOthersFigures(what: string, withOthers: HealthyMeasure, alone: HealthyMeasure): Figure[] {
  return [
    { name: `healthy p99 ${what} / alone`, value: withOthers.p99Ms / alone.p99Ms, unit: '×', wanted: '<= 2' },
    {
      name: `healthy slowest ${what} / alone`,
      value: withOthers.slowestMs / alone.slowestMs,
      unit: '×',
      wanted: '<= 2',
    },
    { name: `healthy p99 ${what}`, value: withOthers.p99Ms, unit: 'ms' },
    { name: `healthy p50 ${what}`, value: withOthers.p50Ms, unit: 'ms' },
    { name: `healthy slowest ${what}`, value: withOthers.slowestMs, unit: 'ms' },
  ];
}

export function aloneFigures({ p50Ms, p99Ms, slowestMs }: HealthyMeasure): Figure[] {
  return [
    { name: 'healthy p99 alone', value: p99Ms, unit: 'ms' },
    { name: 'healthy p50 alone', value: p50Ms, unit: 'ms' },
    { name: 'healthy slowest alone', value: slowestMs, unit: 'ms' },
  ];
}
