import { expect, it } from 'vitest';
import { chooseLanguage } from './accepted-language.js';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh', 'zh'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-GB, zh-CN', 'en'],
  ['en;q=0.1, zh-TW;q=0.2', 'zh'],
  ['fr-FR, zh;q=0.5', 'zh'],
  ['zh;q=0, fr', 'en'],
  ['zh;q=none', 'en'],
  ['*', 'en'],
  ['ZH-hans', 'zh'],
])('a browser that reads %s gets %s', (accepted, language) => {
  expect(chooseLanguage(accepted)).toBe(language);
});
