import { afterEach, expect, it, vi } from 'vitest';
import { validate, version } from 'uuid';
import { randomHex, uuidV7 } from './random-pool.js';

afterEach(() => {
  vi.useRealTimers();
});

it('ids are UUIDs of version 7, different, and in the order in which they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => uuidV7());
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
});

it('an id begins with the time, also when the clock steps back', () => {
  vi.useFakeTimers({ now: Date.now() + 60_000 });
  const millisecondsOf = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16);
  const first = uuidV7();
  expect(millisecondsOf(first)).toBe(Date.now());
  vi.setSystemTime(Date.now() - 10_000);
  const second = uuidV7();
  expect(second > first).toBe(true);
  expect(millisecondsOf(second)).toBe(millisecondsOf(first));
});

it('random digits are as many as asked for, and differ', () => {
  const all = Array.from({ length: 2_000 }, () => randomHex(16));
  expect(all.every((digits) => /^[0-9a-f]{32}$/.test(digits))).toBe(true);
  expect(new Set(all).size).toBe(all.length);
});
