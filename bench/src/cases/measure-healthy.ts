/** Measures the latency of a healthy webhook under a steady load, alone or with other webhooks. */
import type { Figure } from '../report/case-result.js';
import type { Window } from './load-window.js';
import { measurePaced, type PacedMeasure } from './measure-paced.js';
import type { Scene } from './scene.js';

export const HEALTHY_EVENT = 'message.sent';
const HEALTHY_PER_SECOND = 100;

export function measureHealthy(scene: Scene, window: Window): Promise<PacedMeasure> {
  return measurePaced(scene, { event: HEALTHY_EVENT, eventsPerSecond: HEALTHY_PER_SECOND }, window);
}

/** @param the other webhooks, e.g. `with others` or `with 500` */
export function withOthersFigures(what: string, withOthers: PacedMeasure, alone: PacedMeasure): Figure[] {
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

export function aloneFigures({ p50Ms, p99Ms, slowestMs }: PacedMeasure): Figure[] {
  return [
    { name: 'healthy p99 alone', value: p99Ms, unit: 'ms' },
    { name: 'healthy p50 alone', value: p50Ms, unit: 'ms' },
    { name: 'healthy slowest alone', value: slowestMs, unit: 'ms' },
  ];
}
