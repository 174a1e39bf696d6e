/** Measures the answers to OpenIM's after-callbacks, which its two workers must get fast or lose. */
import { runAtRate } from '@im/simulators/simulator';
import type { CaseResult } from '../report/case-result.js';
import type { Window } from './load-window.js';
import type { Scene } from './scene.js';
import { measureSource } from './source-load.js';

const PER_SECOND = 500;

export async function runOpenim(scene: Scene, window: Window): Promise<CaseResult> {
  const { tally, messagesPerSecond, ...measured } = await measureSource(
    scene,
    {
      source: { kind: 'openim', name: 'openim' },
      kind: 'openim',
      version: 'main',
      drive: (simulator, forMs) => runAtRate(simulator, { perSecond: PER_SECOND, seconds: forMs / 1_000 }),
    },
    window,
  );
  return {
    name: 'openim',
    figures: [
      { name: 'answer p50', value: tally.p50Ms, unit: 'ms', wanted: '<= 3' },
      { name: 'answer p99', value: tally.p99Ms, unit: 'ms', wanted: '<= 10' },
      { name: 'answer slowest', value: tally.slowestMs, unit: 'ms' },
      { name: 'dropped by its client', value: tally.dropped, unit: '', wanted: '<= 0' },
      { name: 'messages', value: messagesPerSecond, unit: '/s' },
    ],
    ...measured,
    notes: [],
  };
}
