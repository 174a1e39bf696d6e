/** The one vue-i18n instance, and typed access to it: a key that does not exist does not compile. */
import { computed, type ComputedRef } from 'vue';
import { createI18n } from 'vue-i18n';
import { DEFAULT_LOCALE, LOCALE_DESCRIPTIONS, type Locale } from './locales.js';
import type { Messages } from './zh.js';

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

export type MessageKey = Leaves<Messages>;
export type TextParams = Record<string, string | number>;
/** `count` among the parameters also chooses between singular and plural. */
export type Translate = (key: MessageKey, params?: TextParams) => string;

const i18n = createI18n({
  legacy: false,
  locale: DEFAULT_LOCALE,
  fallbackLocale: false,
  missingWarn: false,
  messages: {},
});

export const translate: Translate = (key, params = {}) => {
  const { count } = params;
  return typeof count === 'number' ? i18n.global.t(key, params, count) : i18n.global.t(key, params);
};

export async function activateLocale(locale: Locale): Promise<void> {
  i18n.global.setLocaleMessage(locale, await LOCALE_DESCRIPTIONS[locale].loadMessages());
  i18n.global.locale.value = locale;
}

export interface UseText {
  t: Translate;
  /** The active language. */
  locale: ComputedRef<Locale>;
  /** Its BCP 47 tag, for `Intl`. */
  localeTag: ComputedRef<string>;
}

export function useText(): UseText {
  const locale = computed(() => i18n.global.locale.value as Locale);
  return {
    t: translate,
    locale,
    localeTag: computed(() => LOCALE_DESCRIPTIONS[locale.value].tag),
  };
}
