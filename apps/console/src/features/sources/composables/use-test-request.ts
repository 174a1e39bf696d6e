import type { Source, TestedSource } from '@im/contracts/api/sources';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { playTest } from '../sources.api.js';

export interface TestRequest {
  isPlaying: Ref<boolean>;
  /** The result of the last one; null before the first. */
  result: ShallowRef<TestedSource | null>;
  /** Why it could not be played. */
  error: ShallowRef<unknown>;
  play: () => Promise<void>;
}

/** @param onPlayed called when there is a result, good or bad */
export function useTestRequest(source: () => Source, onPlayed: () => void): TestRequest {
  const isPlaying = ref(false);
  const result = shallowRef<TestedSource | null>(null);
  const error = shallowRef<unknown>(null);

  async function play(): Promise<void> {
    isPlaying.value = true;
    error.value = null;
    try {
      result.value = await playTest(source());
      onPlayed();
    } catch (reason) {
      error.value = reason;
    } finally {
      isPlaying.value = false;
    }
  }

  return { isPlaying, result, error, play };
}
