/** Checks the texts of both languages: the same keys, and each of them used. */
import { describe, expect, it } from 'vitest';
import { enPages } from './en-pages.js';
import { en } from './en.js';
import { findKeys, flattenTexts, keysOfTemplate } from '../testing/message-usage.js';
import { zhPages } from './zh-pages.js';
import { zh } from './zh.js';

const chinese = flattenTexts({ ...zh, ...zhPages });
const english = flattenTexts({ ...en, ...enPages });

const sources = Object.entries(
  import.meta.glob<string>(['../**/*.{ts,vue}', '!../i18n/{zh,en}/*', '!../**/*.spec.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).map(([, source]) => source);

/** Templates right below a module could become any of its keys. These name what they become. */
const SHORT_TEMPLATES: Record<string, string[]> = {
  'alerts.${field.name}': ['alerts.windowMinutes', 'alerts.minAttempts', 'alerts.minQuestions'],
  'deliveries.${name}': ['deliveries.from', 'deliveries.to'],
  'recoveries.${name}': ['recoveries.from', 'recoveries.to'],
};

/** The reason comes from the server in English, so the Chinese text does without. */
const OTHER_PARAMETERS = new Set(['errors.fieldWithReason']);

/** Counts of these are never 1. */
const ALWAYS_SEVERAL = new Set([
  'eventTypes.form.treeTooLarge',
  'overview.state.partlyWell',
  'trace.delivered.redeliveries',
  'webhooks.guide.showAll',
]);

const placeholdersOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

describe('texts', () => {
  it('have the same keys in Chinese and in English', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
  });

  it('take the same parameters in Chinese and in English', () => {
    const different = Object.keys(chinese).filter(
      (key) =>
        !OTHER_PARAMETERS.has(key) &&
        placeholdersOf(chinese[key] ?? '').join() !== placeholdersOf(english[key] ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  it('have a singular in English where a count may be 1', () => {
    const counted = Object.keys(english).filter(
      (key) => /\{count\} (?:\w+ )?\w+s\b/.test(english[key] ?? '') && !(english[key] ?? '').includes(' | '),
    );
    expect(counted.filter((key) => !ALWAYS_SEVERAL.has(key))).toEqual([]);
  });

  it('are all used in the sources', () => {
    const { literals, templates } = findKeys(sources);
    const used = new Set([...literals, ...Object.values(SHORT_TEMPLATES).flat()]);
    const patterns = [...templates].filter((each) => !SHORT_TEMPLATES[each]).map(keysOfTemplate);
    const unused = Object.keys(chinese).filter(
      (key) => !used.has(key) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('are looked up by keys with at least two fixed parts, or by keys that are listed here', () => {
    const { templates } = findKeys(sources);
    const modules = new Set(Object.keys(chinese).map((key) => key.split('.')[0]));
    const short = [...templates].filter(
      (template) => modules.has(template.split('.')[0]) && /^\w+\.\$\{[^}]*\}$/.test(template),
    );
    expect(short.sort()).toEqual(Object.keys(SHORT_TEMPLATES).sort());
  });
});
