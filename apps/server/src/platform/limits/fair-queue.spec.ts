import { describe, expect, it } from 'vitest';
import { FairQueue } from './fair-queue.js';

function drained(queue: FairQueue<string>): string[] {
  const entries: string[] = [];
  while (!queue.isEmpty) entries.push(queue.shift()!);
  return entries;
}

describe('a fair queue', () => {
  it('serves owners round robin, and keeps the order of each', () => {
    const queue = new FairQueue<string>();
    for (const entry of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) queue.push(entry.charAt(0), entry);
    expect(queue.lengthOf('a')).toBe(3);
    expect(drained(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    expect(queue.lengthOf('a')).toBe(0);
    expect(queue.shift()).toBeUndefined();
  });

  it('lets one who comes late wait for one entry of each other at most', () => {
    const queue = new FairQueue<string>();
    for (let index = 0; index < 5; index += 1) queue.push('busy', `busy${index}`);
    queue.shift();
    queue.push('late', 'late0');
    expect(drained(queue).slice(0, 2)).toEqual(['busy1', 'late0']);
  });
});
