import type { Language } from 'element-plus/es/locale/index.mjs';
import type { PageMessages } from './zh-pages.js';
import type { CoreMessages } from './zh.js';

export const LOCALES = ['zh', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'zh';

interface LocaleDescription {
  /** BCP 47 tag: the document's language, and what `Intl` formats with. */
  tag: string;
  /** Its own name, for the switch. */
  name: string;
  loadCoreMessages: () => Promise<CoreMessages>;
  loadPageMessages: () => Promise<PageMessages>;
  loadElementLocale: () => Promise<Language>;
}

export const LOCALE_DESCRIPTIONS: Record<Locale, LocaleDescription> = {
  zh: {
    tag: 'zh-CN',
    name: '简体中文',
    loadCoreMessages: async () => (await import('./zh.js')).zh,
    loadPageMessages: async () => (await import('./zh-pages.js')).zhPages,
    loadElementLocale: async () => (await import('./zh.js')).elementLocale,
  },
  en: {
    tag: 'en',
    name: 'English',
    loadCoreMessages: async () => (await import('./en.js')).en,
    loadPageMessages: async () => (await import('./en-pages.js')).enPages,
    loadElementLocale: async () => (await import('./en.js')).elementLocale,
  },
};

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
