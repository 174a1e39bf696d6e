import { afterEach, expect, it, vi } from 'vitest';
import { Logger } from '../logging/logger.js';
import { BackgroundTasks } from './background-tasks.js';

afterEach(() => {
  vi.useRealTimers();
});

it('starts all tasks once the modules are ready and stops all of them at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const tasks = new BackgroundTasks(new Logger('silent'));
  const ends: (() => void)[] = [];
  for (const failureEvent of ['one.failed', 'other.failed']) {
    tasks.repeat({
      failureEvent,
      delayMs: 10,
      run: () => new Promise<void>((resolve) => ends.push(resolve)),
    });
  }
  await vi.advanceTimersByTimeAsync(100);
  expect(ends).toHaveLength(0);
  tasks.onApplicationBootstrap();
  await vi.advanceTimersByTimeAsync(10);
  expect(ends).toHaveLength(2);
  tasks.onModuleDestroy();
  const stopped = vi.fn();
  void tasks.beforeApplicationShutdown().then(stopped);
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(100);
  expect(stopped).not.toHaveBeenCalled();
  ends[1]?.();
  await vi.advanceTimersByTimeAsync(100);
  expect(stopped).toHaveBeenCalledOnce();
  expect(ends).toHaveLength(2);
});
