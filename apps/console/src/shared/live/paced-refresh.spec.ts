import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PacedRefresh } from './paced-refresh.js';

const take = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
let durationMs = 0;
const refresh = vi.fn(() => take(durationMs));

beforeEach(() => {
  vi.useFakeTimers();
  refresh.mockClear();
  durationMs = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

it('refreshes at once, and then at most twice a second, however much changes', async () => {
  const paced = new PacedRefresh(refresh, 500, Date.now);
  for (let passed = 0; passed < 5_000; passed += 10) {
    paced.request();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(refresh.mock.calls.length).toBeGreaterThan(8);
  expect(refresh.mock.calls.length).toBeLessThanOrEqual(10);
});

it('rests when nothing changes', async () => {
  const paced = new PacedRefresh(refresh, 500, Date.now);
  paced.request();
  paced.request();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(refresh).toHaveBeenCalledTimes(2);
});

it('asks a slow service less often', async () => {
  durationMs = 1_000;
  const paced = new PacedRefresh(refresh, 500, Date.now);
  for (let passed = 0; passed < 9_000; passed += 100) {
    paced.request();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(refresh).toHaveBeenCalledTimes(2);
});

it('begins again at once when something else is wanted, and goes on at its pace', async () => {
  durationMs = 10_000;
  const paced = new PacedRefresh(refresh, 500, Date.now);
  paced.request();
  await vi.advanceTimersByTimeAsync(20);
  durationMs = 0;
  void paced.restart();
  expect(refresh).toHaveBeenCalledTimes(2);
  paced.request();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(refresh).toHaveBeenCalledTimes(3);
});

it('ends when it is stopped', async () => {
  const paced = new PacedRefresh(refresh, 500, Date.now);
  paced.request();
  paced.request();
  paced.stop();
  paced.request();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(refresh).toHaveBeenCalledTimes(1);
});
