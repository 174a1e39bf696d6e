import { watch } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import type { Locale } from '../../../i18n/locales.js';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import type { Guide } from '../content/blocks.js';

const LOADERS: Readonly<Record<Locale, () => Promise<{ guide: Guide }>>> = {
  zh: () => import('../content/zh-guide.js'),
  en: () => import('../content/en-guide.js'),
};

/** The chapters in the language of the console; each language is loaded when it is read. */
export function useGuide(): AsyncState<Guide> {
  const { locale } = useText();
  const state = useAsyncState(async () => (await LOADERS[locale.value]()).guide);
  watch(locale, () => void state.reload(), { immediate: true });
  return state;
}
