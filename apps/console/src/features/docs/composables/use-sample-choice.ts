import { useLocalStorage } from '@vueuse/core';
import { computed, type WritableComputedRef } from 'vue';
import { isSampleLanguage, type SampleLanguage } from '../model/samples.js';

/** The language of the samples, remembered in this browser. */
export function useSampleChoice(): WritableComputedRef<SampleLanguage> {
  const stored = useLocalStorage<string>('im-console.sample-language', 'node');
  return computed({
    get: () => (isSampleLanguage(stored.value) ? stored.value : 'node'),
    set: (language) => (stored.value = language),
  });
}
