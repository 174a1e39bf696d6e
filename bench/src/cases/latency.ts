/** Measures latency at a moderate rate. */
import type { CaseResult } from '../report/case-result.js';
import type { Window } from './load-window.js';
import { measurePaced } from './measure-paced.js';
import type { Scene } from './scene.js';

const EVENTS_PER_SECOND = 300;

export async function runLatency(scene: Scene, window: Window): Promise<CaseResult> {
  await scene.createWebhook({ url: scene.receiver.urlOf(0) });
  const load = { event: 'message.sent', eventsPerSecond: EVENTS_PER_SECOND };
  const measured = await measurePaced(scene, load, window);
  return {
    name: 'latency',
    figures: [
      { name: 'p50', value: measured.p50Ms, unit: 'ms', wanted: '<= 8' },
      { name: 'p99', value: measured.p99Ms, unit: 'ms', wanted: '<= 40' },
      { name: 'slowest', value: measured.slowestMs, unit: 'ms' },
      { name: 'deliveries', value: measured.deliveriesPerSecond, unit: '/s' },
      { name: 'of p99: requests left late by', value: measured.lateByP99Ms, unit: 'ms' },
    ],
    integrity: measured.integrity,
    cpuSecondsPer1000: measured.cpuSecondsPer1000,
    notes: [],
  };
}
