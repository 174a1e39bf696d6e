import { expect, it } from 'vitest';
import { formatBytes } from './byte-size.js';

it.each([
  [0, '0 B'],
  [1_023, '1,023 B'],
  [1_024, '1 KB'],
  [65_536, '64 KB'],
  [1_300_000, '1.2 MB'],
  [8_388_608, '8 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes, 'en')).toBe(text);
});
