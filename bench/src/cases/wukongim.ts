/** Measures the answers to WuKongIM v3 when 250 messages come at once, again and again. */
import { setTimeout as delay } from 'node:timers/promises';
import { untilIdle, type Simulator } from '@im/simulators/simulator';
import type { CaseResult } from '../report/case-result.js';
import type { Window } from './load-window.js';
import type { Scene } from './scene.js';
import { measureSource } from './source-load.js';

const AT_ONCE = 250;
const EVERY_MS = 1_000;

export async function runWukongim(scene: Scene, window: Window): Promise<CaseResult> {
  const { tally, messagesPerSecond, ...measured } = await measureSource(
    scene,
    { source: { kind: 'wukongim', name: 'wukongim' }, kind: 'wukongim', version: 'v3', drive },
    window,
  );
  return {
    name: 'wukongim',
    figures: [
      { name: `answer p99, ${AT_ONCE} messages at once`, value: tally.p99Ms, unit: 'ms', wanted: '<= 20' },
      { name: 'answer p50', value: tally.p50Ms, unit: 'ms' },
      { name: 'answer slowest', value: tally.slowestMs, unit: 'ms' },
      { name: 'tried again', value: tally.retried, unit: '', wanted: '<= 0' },
      { name: 'dropped by the server', value: tally.dropped, unit: '', wanted: '<= 0' },
      { name: 'messages', value: messagesPerSecond, unit: '/s' },
    ],
    ...measured,
    notes: [],
  };
}

async function drive(simulator: Simulator, forMs: number): Promise<void> {
  const endsAt = performance.now() + forMs;
  while (performance.now() < endsAt) {
    for (let message = 0; message < AT_ONCE; message++) void simulator.act();
    await delay(EVERY_MS);
  }
  await untilIdle(simulator);
}
