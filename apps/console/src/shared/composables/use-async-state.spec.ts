import { describe, expect, it } from 'vitest';
import { effectScope } from 'vue';
import { useAsyncState } from './use-async-state.js';

interface Call {
  signal: AbortSignal;
  answer: (value: string) => void;
  fail: (reason: Error) => void;
}

function start() {
  const calls: Call[] = [];
  const scope = effectScope();
  const state = scope.run(() =>
    useAsyncState(
      (signal) =>
        new Promise<string>((resolve, reject) => {
          calls.push({ signal, answer: resolve, fail: reject });
        }),
    ),
  )!;
  return { state, calls, scope };
}

describe('useAsyncState', () => {
  it('drops the answer of an older call that comes after the newer one', async () => {
    const { state, calls } = start();
    const first = state.reload();
    const second = state.reload();
    calls[1]?.answer('new');
    await second;
    calls[0]?.answer('old');
    await first;
    expect(state.data.value).toBe('new');
    expect(calls[0]?.signal.aborted).toBe(true);
  });

  it('goes on loading until the newest call is over', async () => {
    const { state, calls } = start();
    const first = state.reload();
    const second = state.reload();
    calls[0]?.fail(new Error('aborted'));
    await first;
    expect(state.isLoading.value).toBe(true);
    expect(state.error.value).toBeNull();
    calls[1]?.answer('new');
    await second;
    expect(state.isLoading.value).toBe(false);
  });

  it('keeps the last answer next to the reason of a failure, and drops the reason after a success', async () => {
    const { state, calls } = start();
    const runs = [state.reload()];
    calls[0]?.answer('one');
    await runs[0];
    runs.push(state.reload());
    calls[1]?.fail(new Error('away'));
    await runs[1];
    expect(state.data.value).toBe('one');
    expect(state.error.value).toEqual(new Error('away'));
    runs.push(state.reload());
    calls[2]?.answer('two');
    await runs[2];
    expect(state.data.value).toBe('two');
    expect(state.error.value).toBeNull();
  });

  it('aborts when its page is left', async () => {
    const { state, calls, scope } = start();
    const run = state.reload();
    scope.stop();
    calls[0]?.answer('late');
    await run;
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(state.data.value).toBeUndefined();
  });
});
