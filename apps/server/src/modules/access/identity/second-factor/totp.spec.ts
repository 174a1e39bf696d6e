import { expect, it } from 'vitest';
import { newTotpSecret, stepOfCode, totpUri } from './totp.js';

/** "12345678901234567890", the secret of the test vectors in RFC 6238. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('takes the code of RFC 6238 at second %d', (seconds, code) => {
  expect(stepOfCode(SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
});

it.each([
  ['the step before', -30, 66_666_666],
  ['the step after', 30, 66_666_666],
  ['two steps late', 60, undefined],
  ['two steps early', -60, undefined],
])('takes a code one step off and no more: %s', (_, offSeconds, step) => {
  expect(stepOfCode(SECRET, '279037', (2_000_000_000 + offSeconds) * 1000)).toBe(step);
});

it('makes secrets of 160 bits that differ', () => {
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(newTotpSecret());
});

it('gives the authenticator all it needs', () => {
  const uri = new URL(totpUri(SECRET, 'li+1@example.com'));
  expect(decodeURIComponent(uri.href)).toContain('otpauth://totp/IM Callback Console:li+1@example.com?');
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'IM Callback Console',
    secret: SECRET,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
