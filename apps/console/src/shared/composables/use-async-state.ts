import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';

export interface AsyncState<T> {
  /** The last answer; it stays while a newer one is on its way. */
  data: ShallowRef<T | undefined>;
  /** Why the last call failed; null while all is well. */
  error: ShallowRef<unknown>;
  isLoading: Ref<boolean>;
  /** Calls again. Resolves when this call is over, successful or not. */
  reload: () => Promise<void>;
  /** Drops the answer, which belongs to something else, so that a loading skeleton is shown. */
  reset: () => void;
}

/** Calls, and keeps the answer. Only the newest call counts: an older one is aborted, and its answer is dropped. */
export function useAsyncState<T>(load: (signal: AbortSignal) => Promise<T>): AsyncState<T> {
  const data = shallowRef<T>();
  const error = shallowRef<unknown>(null);
  const isLoading = ref(false);
  let current: AbortController | null = null;

  async function reload(): Promise<void> {
    current?.abort();
    const own = new AbortController();
    current = own;
    isLoading.value = true;
    try {
      const answer = await load(own.signal);
      if (current !== own) return;
      data.value = answer;
      error.value = null;
    } catch (reason) {
      if (current !== own) return;
      error.value = reason;
    } finally {
      if (current === own) isLoading.value = false;
    }
  }

  function reset(): void {
    data.value = undefined;
    error.value = null;
  }

  onScopeDispose(() => {
    current?.abort();
    current = null;
  }, true);

  return { data, error, isLoading, reload, reset };
}
