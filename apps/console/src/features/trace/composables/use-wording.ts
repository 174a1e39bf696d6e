import { computed, type ComputedRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import type { Wording } from '../model/outcome-text.js';

/** The words of the active language. */
export function useWording(): ComputedRef<Wording> {
  const { t, locale, localeTag } = useText();
  return computed(() => ({ t, locale: locale.value, localeTag: localeTag.value }));
}
