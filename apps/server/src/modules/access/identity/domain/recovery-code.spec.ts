import { expect, it } from 'vitest';
import { isTotpCode, plainCode, RECOVERY_CODE_BYTES, recoveryCodeOf } from './recovery-code.js';

it('is written in four groups of four', () => {
  const random = Uint8Array.from({ length: RECOVERY_CODE_BYTES }, (_, index) => index * 17);
  expect(recoveryCodeOf(random)).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
  expect(() => recoveryCodeOf(random.subarray(1))).toThrow(RangeError);
});

it.each([
  ['abcd-efgh-ijkl-mnop', 'abcdefghijklmnop'],
  [' ABCD efgh\tIJKL-mnop ', 'abcdefghijklmnop'],
  ['123 456', '123456'],
])('%j is read as %s', (typed, plain) => {
  expect(plainCode(typed)).toBe(plain);
});

it.each([
  ['123456', true],
  ['12345', false],
  ['1234567', false],
  ['12345a', false],
  ['١٢٣٤٥٦', false],
])('%j is of an authenticator: %s', (code, expected) => {
  expect(isTotpCode(code)).toBe(expected);
});
