import { expect, it } from 'vitest';
import { headerText } from './header-text.js';

it.each([
  ['order-1', 'order-1'],
  ['', ''],
  [Buffer.from('订单-1').toString('latin1'), '订单-1'],
  [Buffer.from('🔑').toString('latin1'), '🔑'],
  ['caf\u00e9', 'caf\u00e9'],
  ['\u00c3', '\u00c3'],
])('%j is read as %j', (header, text) => {
  expect(headerText(header)).toBe(text);
});
