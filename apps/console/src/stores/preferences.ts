/** Stores language and appearance for this browser. */
import { useColorMode } from '@vueuse/core';
import type { Language } from 'element-plus/es/locale/index.mjs';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { activateLocale } from '../i18n/i18n.js';
import { browserStorage, useKept } from './kept-values.js';
import { DEFAULT_LOCALE, isLocale, LOCALE_DESCRIPTIONS, type Locale } from '../i18n/locales.js';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const usePreferencesStore = defineStore('preferences', () => {
  const storedLocale = useKept<string>('im-console.locale', DEFAULT_LOCALE);
  const locale = computed<Locale>(() => (isLocale(storedLocale.value) ? storedLocale.value : DEFAULT_LOCALE));
  const elementLocale = shallowRef<Language>();

  // Puts the class `dark` on <html>, which Element Plus' dark variables need.
  const colorMode = useColorMode({
    storageKey: 'im-console.theme',
    storage: browserStorage,
    emitAuto: true,
  });
  const theme = computed<Theme>({
    get: () => (colorMode.value === 'light' || colorMode.value === 'dark' ? colorMode.value : 'auto'),
    set: (value) => {
      colorMode.value = value;
    },
  });

  /** Loads the chosen language's texts, then switches everything to it at once. */
  async function applyLocale(): Promise<void> {
    const description = LOCALE_DESCRIPTIONS[locale.value];
    const [language] = await Promise.all([description.loadElementLocale(), activateLocale(locale.value)]);
    elementLocale.value = language;
    document.documentElement.lang = description.tag;
  }

  async function setLocale(next: Locale): Promise<void> {
    storedLocale.value = next;
    await applyLocale();
  }

  return { locale, elementLocale, theme, applyLocale, setLocale };
});
