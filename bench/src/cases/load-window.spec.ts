import { describe, expect, it } from 'vitest';
import type { LoadReport } from '../load/load-commands.js';
import type { ChannelReport } from '../receiver/receiver-commands.js';
import { cpuSecondsPer1000, judgeArrivals } from './load-window.js';

const load = (acknowledged: number[]): LoadReport => ({
  issued: acknowledged.length,
  acknowledged: acknowledged.filter((bit) => bit === 1).length,
  largestBacklog: 0,
  isFinished: true,
  atMs: 0,
  isAcknowledged: Uint8Array.from(acknowledged),
  plannedAtMs: new Float64Array(),
  lateness: { p50Ms: 0, p99Ms: 0 },
  refusals: {},
});

const channel = (arrivedAtMs: number[]): ChannelReport => ({
  arrivedAtMs: Float64Array.from(arrivedAtMs),
  duplicates: 0,
  duplicatesWithOtherId: 0,
  inversions: 0,
});

describe('acknowledged deliveries compared with arrivals', () => {
  it.each<[string, number[], number[][], number, number]>([
    ['everything came', [1, 1], [[5, 6]], 2, 0],
    ['one never came', [1, 1, 1], [[5, 0, 6]], 3, 1],
    ['the last ones never came', [1, 1, 1], [[5]], 3, 2],
    ['one came although its request failed', [1, 0], [[5, 6]], 1, 0],
    ['one never came to one of two webhooks', [1, 1], [[5, 6], [5]], 4, 1],
    ['nothing was acknowledged', [], [[]], 0, 0],
  ])('%s', (_what, acknowledged, arrivals, expected, lost) => {
    expect(judgeArrivals(load(acknowledged), arrivals.map(channel))).toMatchObject({ expected, lost });
  });
});

it('says what each process used for 1,000 deliveries', () => {
  expect(cpuSecondsPer1000({ api: 1 }, { api: 3, worker: 1 }, 4_000)).toEqual({ api: 0.5, worker: 0.25 });
  expect(cpuSecondsPer1000({ api: 1 }, { api: 3 }, 0)).toEqual({});
});
