import { afterEach, expect, it, vi } from 'vitest';
import type { CheckAnswer } from './check-example.js';
import { ExampleChecker, type CheckingWorker } from './example-checker.js';

const FINE: CheckAnswer = { schemaFaults: [], mismatches: [], tookTooLong: false };
const QUESTION = { schema: '{}', example: '{}' };

function workerThat(act: (worker: CheckingWorker) => void) {
  const worker: CheckingWorker & { terminate: ReturnType<typeof vi.fn<() => void>> } = {
    onmessage: null,
    onerror: null,
    postMessage: () => {
      act(worker);
    },
    terminate: vi.fn<() => void>(),
  };
  return worker;
}
const answers = (worker: CheckingWorker) => {
  queueMicrotask(() => worker.onmessage?.({ data: FINE } as MessageEvent<CheckAnswer>));
};

afterEach(() => {
  vi.useRealTimers();
});

it('asks one worker one question after the other', async () => {
  const start = vi.fn(() => workerThat(answers));
  const checker = new ExampleChecker(start);
  expect(await Promise.all([checker.check(QUESTION), checker.check(QUESTION)])).toEqual([FINE, FINE]);
  expect(start).toHaveBeenCalledTimes(1);
});

it('ends a worker that does not answer, or fails, and asks a new one the next question', async () => {
  vi.useFakeTimers();
  const silent = workerThat(() => undefined);
  const broken = workerThat((worker) => worker.onerror?.(new ErrorEvent('error')));
  const workers = [silent, broken, workerThat(answers)];
  const checker = new ExampleChecker(() => workers.shift()!);
  const checks = [checker.check(QUESTION), checker.check(QUESTION), checker.check(QUESTION)];
  await vi.runAllTimersAsync();
  const found = await Promise.all(checks);
  expect(found.map(({ tookTooLong }) => tookTooLong)).toEqual([true, true, false]);
  expect(silent.terminate).toHaveBeenCalledTimes(1);
  expect(broken.terminate).toHaveBeenCalledTimes(1);
});
