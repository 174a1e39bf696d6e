import { computed, type WritableComputedRef } from 'vue';
import { useKept } from '../../../stores/kept-values.js';
import { isSampleLanguage, type SampleLanguage } from '../model/samples.js';

/** The language of the samples, remembered in this browser. */
export function useSampleChoice(): WritableComputedRef<SampleLanguage> {
  const stored = useKept<string>('im-console.sample-language', 'node');
  return computed({
    get: () => (isSampleLanguage(stored.value) ? stored.value : 'node'),
    set: (language) => (stored.value = language),
  });
}
