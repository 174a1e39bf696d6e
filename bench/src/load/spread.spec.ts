import { describe, expect, it } from 'vitest';
import { findEvent } from '@im/contracts/events/catalogue';
import { sampleEvent, SAMPLE_EVENTS } from './sample-event.js';
import { spreadOver, type LoadSpread } from './spread.js';

const EVENTS = ['one', 'two', 'three', 'four'];
const spread = (distribution: LoadSpread['distribution'], apps: number): LoadSpread => ({
  appKeys: Array.from({ length: apps }, (_, index) => `app-${String(index)}`),
  events: EVENTS,
  distribution,
});

/** How often each pair of app and event is met, most first. */
function countPairs(plan: LoadSpread, events: number): number[] {
  const targetOf = spreadOver(plan);
  const counts = new Map<string, number>();
  for (let sequence = 0; sequence < events; sequence++) {
    const { appKey, event } = targetOf(sequence);
    counts.set(`${appKey} ${event}`, (counts.get(`${appKey} ${event}`) ?? 0) + 1);
  }
  return [...counts.values()].sort((one, other) => other - one);
}

describe('a load over many webhooks', () => {
  it('meets each equally often when it is even', () => {
    expect(countPairs(spread('even', 25), 300)).toEqual(new Array(100).fill(3));
  });

  it('follows a power law: the second gets half of what the first gets, the tenth a tenth', () => {
    const [first = 0, ...others] = countPairs(spread('power-law', 25), 100_000);
    expect(others).toHaveLength(99);
    expect((others[0] ?? 0) / first).toBeCloseTo(1 / 2, 1);
    expect((others[8] ?? 0) / first).toBeCloseTo(1 / 10, 1);
  });

  it('does not give neighbouring ranks to one app', () => {
    const targetOf = spreadOver(spread('even', 25));
    const apps = [0, 1, 2, 3].map((sequence) => targetOf(sequence).appKey);
    expect(new Set(apps).size).toBe(4);
  });
});

describe('a sample event', () => {
  it.each(SAMPLE_EVENTS)('fits the schema of %s, with its sequence', (event) => {
    const { data } = JSON.parse(sampleEvent(event, 7, 10, false)) as { data: { sequence: number } };
    expect(findEvent(event)?.schema.safeParse(data).error).toBeUndefined();
    expect(data.sequence).toBe(7);
  });
});
