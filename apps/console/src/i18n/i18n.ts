/** Makes the one vue-i18n instance, and types access to it: a key that does not exist does not compile. */
import { computed, type ComputedRef } from 'vue';
import { createI18n } from 'vue-i18n';
import { DEFAULT_LOCALE, LOCALE_DESCRIPTIONS, type Locale } from './locales.js';
import type { PageMessages } from './zh-pages.js';
import type { CoreMessages } from './zh.js';

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

export type MessageKey = Leaves<CoreMessages & PageMessages>;
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

let hasPageTexts = false;

export async function activateLocale(locale: Locale): Promise<void> {
  const { loadCoreMessages, loadPageMessages } = LOCALE_DESCRIPTIONS[locale];
  const [core, pages] = await Promise.all([
    loadCoreMessages(),
    hasPageTexts ? loadPageMessages() : undefined,
  ]);
  i18n.global.setLocaleMessage(locale, { ...core, ...pages });
  i18n.global.locale.value = locale;
}

/** Adds the texts of the pages behind the login, now and for every language chosen later. */
export async function loadPageTexts(): Promise<void> {
  if (hasPageTexts) return;
  hasPageTexts = true;
  await activateLocale(i18n.global.locale.value as Locale);
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
