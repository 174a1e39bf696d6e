import { expect, it } from 'vitest';
import { APP_KEY_LENGTH, appKeyOf, isAppKey } from './app-key.js';

it('writes an AppKey as ak_ and 20 characters', () => {
  const random = Uint8Array.from({ length: APP_KEY_LENGTH }, (_, index) => index * 13);
  expect(appKeyOf(random)).toMatch(/^ak_[a-z2-7]{20}$/);
  expect(isAppKey(appKeyOf(random))).toBe(true);
});

it('gives different keys for different bytes', () => {
  const last = new Uint8Array(APP_KEY_LENGTH);
  last[APP_KEY_LENGTH - 1] = 1;
  expect(appKeyOf(last)).not.toBe(appKeyOf(new Uint8Array(APP_KEY_LENGTH)));
});

it('refuses too little randomness', () => {
  expect(() => appKeyOf(new Uint8Array(APP_KEY_LENGTH - 1))).toThrow(RangeError);
});

it.each([
  '',
  'ak_',
  'ak_ABCDEFGHIJKLMNOPQRST',
  'ak_abcdefghijklmnopqrs1',
  'as_abcdefghijklmnopqrst',
  'ak_a\u0000',
])('%j is no AppKey', (text) => {
  expect(isAppKey(text)).toBe(false);
});
