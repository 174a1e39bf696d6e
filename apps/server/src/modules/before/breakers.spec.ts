import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Breakers } from './breakers.js';

let breakers: Breakers;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  breakers = new Breakers();
});

afterEach(() => {
  vi.useRealTimers();
});

const enter = (version = '1', webhookId = 'w-1') => breakers.enter(webhookId, version, performance.now());

function fail(times: number): void {
  for (let failed = 0; failed < times; failed += 1) enter()?.fail();
}

it('asks on until ten questions in a row have failed', () => {
  fail(9);
  enter()?.succeed();
  fail(9);
  expect(enter()).not.toBeNull();
  fail(1);
  expect(enter()).toBeNull();
  expect(enter('1', 'w-2')).not.toBeNull();
});

it('lets one probe pass after 30 s, then after twice the time, and never later than after 5 min', () => {
  fail(10);
  for (const seconds of [30, 60, 120, 240, 300, 300]) {
    vi.advanceTimersByTime(seconds * 1_000 - 1);
    expect(enter()).toBeNull();
    vi.advanceTimersByTime(1);
    const probe = enter();
    expect(probe).not.toBeNull();
    expect(enter()).toBeNull();
    probe?.fail();
  }
});

it('closes when a probe is decided, and opens after ten further failures', () => {
  fail(10);
  vi.advanceTimersByTime(30_000);
  enter()?.succeed();
  fail(9);
  expect(enter()).not.toBeNull();
});

it('lets another probe pass when one could not be sent', () => {
  fail(10);
  vi.advanceTimersByTime(30_000);
  enter()?.release();
  expect(enter()).not.toBeNull();
});

it('is not opened for longer by what was under way when it opened', () => {
  const underWay = Array.from({ length: 30 }, () => enter());
  for (const pass of underWay) pass?.fail();
  vi.advanceTimersByTime(30_000);
  expect(enter()).not.toBeNull();
});

it('closes when a person changes the webhook, whatever was under way', () => {
  const old = enter();
  fail(10);
  expect(enter('1')).toBeNull();
  const changed = enter('2');
  expect(changed).not.toBeNull();
  changed?.fail();
  old?.fail();
  old?.succeed();
  expect(enter('2')).not.toBeNull();
});
