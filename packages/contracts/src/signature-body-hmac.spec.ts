import { describe, expect, it } from 'vitest';
import vectors from '../test/vectors/signature.json' with { type: 'json' };
import {
  bodyHmacHeaderNames,
  bodyHmacPrefixOf,
  bodyHmacUserAgent,
  SIGNATURE_PREFIX,
} from './signature-body-hmac.js';
import { signBodySync, verifyBodySync } from './signature-node.js';

const cases = vectors.bodyHmac.map((vector) => ({
  ...vector,
  body: Buffer.from(vector.bodyBase64, 'base64'),
}));

describe('the scheme body-hmac', () => {
  it.each(cases)('signs and verifies: $name', ({ key, body, signature }) => {
    expect(signBodySync(key, body)).toBe(signature);
    expect(verifyBodySync(key, body, signature)).toBe(true);
  });

  it.each([
    ['without its algorithm', (signature: string) => signature.slice(7)],
    ['in upper case', (signature: string) => signature.toUpperCase()],
    ['cut', (signature: string) => signature.slice(0, -1)],
    ['empty', () => ''],
  ])('refuses a signature %s', (_, spoil) => {
    expect(verifyBodySync('k', '{}', spoil(signBodySync('k', '{}')))).toBe(false);
  });

  it('never signs with an empty key and never accepts one', () => {
    expect(() => signBodySync('', '{}')).toThrow(TypeError);
    expect(verifyBodySync('', '{}', signBodySync('k', '{}'))).toBe(false);
  });
});

describe('the prefix', () => {
  it.each([
    ['X-App', 'App-Webhooks/1.0'],
    ['x-hub', 'hub-Webhooks/1.0'],
    ['Acme', 'Acme-Webhooks/1.0'],
    ['X-', 'X--Webhooks/1.0'],
  ])('%s gives the user agent %s', (prefix, userAgent) => {
    expect(bodyHmacUserAgent(prefix)).toBe(userAgent);
  });

  it.each(['X-App', 'A', 'a'.repeat(31)])('may be %s', (prefix) => {
    expect(SIGNATURE_PREFIX.test(prefix)).toBe(true);
  });

  it.each(['', '-App', '1App', 'X_App', 'X App', 'X-App\n', 'a'.repeat(32)])('may not be %j', (prefix) => {
    expect(SIGNATURE_PREFIX.test(prefix)).toBe(false);
  });

  it('is found in the headers of a request that is signed so', () => {
    const signature = signBodySync('k', '{}');
    expect(bodyHmacPrefixOf([['x-trae-signature-256', signature]])).toBe('x-trae');
    expect(bodyHmacPrefixOf([['X-Trae-Signature-256', 'a secret']])).toBeUndefined();
    expect(bodyHmacHeaderNames('X-Trae')).toContain('x-trae-webhook-id');
  });
});
