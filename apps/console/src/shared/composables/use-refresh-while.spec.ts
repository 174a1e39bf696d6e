import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref, type EffectScope } from 'vue';
import { useRefreshWhile } from './use-refresh-while.js';

let scope: EffectScope;
const mayChange = ref(false);
const refresh = vi.fn(() => Promise.resolve());

beforeEach(() => {
  vi.useFakeTimers();
  refresh.mockClear();
  mayChange.value = true;
  scope = effectScope();
  scope.run(() => {
    useRefreshWhile(refresh, () => mayChange.value);
  });
});

afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

it('refreshes again and again while something may change', async () => {
  await vi.advanceTimersByTimeAsync(15_000);
  expect(refresh).toHaveBeenCalledTimes(3);
});

it('rests once nothing changes by itself, and goes on when it does again', async () => {
  mayChange.value = false;
  await nextTick();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(refresh).not.toHaveBeenCalled();
  mayChange.value = true;
  await nextTick();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(refresh).toHaveBeenCalledTimes(1);
});

it('ends with the page', async () => {
  scope.stop();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(refresh).not.toHaveBeenCalled();
});
