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
  expect(await checker.check(QUESTION)).toEqual(FINE);
  expect(start).toHaveBeenCalledTimes(1);
});

it('asks only the newest of the questions that came while one was asked', async () => {
  const asked: string[] = [];
  const worker = workerThat(answers);
  const post = worker.postMessage;
  worker.postMessage = (question) => {
    asked.push(question.example);
    post(question);
  };
  const checker = new ExampleChecker(() => worker);
  const first = checker.check({ schema: '{}', example: '1' });
  await vi.waitFor(() => expect(asked).toEqual(['1']));
  const later = ['2', '3', '4'].map((example) => checker.check({ schema: '{}', example }));
  expect(await Promise.all([first, ...later])).toEqual([FINE, FINE, FINE, FINE]);
  expect(asked).toEqual(['1', '4']);
});

it('ends a worker that does not answer, or fails, and asks a new one the next question', async () => {
  vi.useFakeTimers();
  const silent = workerThat(() => undefined);
  const broken = workerThat((worker) => worker.onerror?.(new ErrorEvent('error')));
  const workers = [silent, broken, workerThat(answers)];
  const checker = new ExampleChecker(() => workers.shift()!);
  const found: CheckAnswer[] = [];
  for (let count = 0; count < 3; count += 1) {
    const check = checker.check(QUESTION);
    await vi.runAllTimersAsync();
    found.push(await check);
  }
  expect(found.map(({ tookTooLong }) => tookTooLong)).toEqual([true, true, false]);
  expect(silent.terminate).toHaveBeenCalledTimes(1);
  expect(broken.terminate).toHaveBeenCalledTimes(1);
});

it('starts no worker once it has ended', async () => {
  const worker = workerThat(answers);
  const start = vi.fn(() => worker);
  const checker = new ExampleChecker(start);
  await checker.check(QUESTION);
  const waiting = checker.check(QUESTION);
  checker.end();
  expect((await waiting).tookTooLong).toBe(true);
  expect((await checker.check(QUESTION)).tookTooLong).toBe(true);
  expect(start).toHaveBeenCalledTimes(1);
  expect(worker.terminate).toHaveBeenCalledTimes(1);
});
