import { createHmac, hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import vectors from '../test/vectors/signature.json' with { type: 'json' };
import { canonicalString, sign, verify, type SignatureInput } from './signature.js';
import { signSync, verifySync } from './signature-node.js';

const cases = vectors.xApp.map((vector) => ({
  ...vector,
  input: { appKey: vector.appKey, timestamp: vector.timestamp, nonce: vector.nonce },
  // The one vector without a body means 256 KiB of the letter x.
  body: vector.bodyBase64 === null ? Buffer.alloc(262_144, 'x') : Buffer.from(vector.bodyBase64, 'base64'),
}));

const implementations = [
  { name: 'signature (WebCrypto)', sign, verify },
  {
    name: 'signature-node',
    sign: async (...args: Parameters<typeof signSync>) => Promise.resolve(signSync(...args)),
    verify: (...args: Parameters<typeof verifySync>) => Promise.resolve(verifySync(...args)),
  },
];

describe('canonicalString', () => {
  it.each(cases)('is what the vector signs: $name', ({ input, body, bodySha256Hex, stringToSign }) => {
    expect(hash('sha256', body, 'hex')).toBe(bodySha256Hex);
    expect(canonicalString(input, bodySha256Hex)).toBe(stringToSign);
  });
});

describe.each(implementations)('$name', (implementation) => {
  it.each(cases)('signs and verifies: $name', async ({ key, input, body, signatureHex }) => {
    expect(await implementation.sign(key, input, body)).toBe(signatureHex);
    expect(await implementation.verify(key, input, body, signatureHex)).toBe(true);
  });

  it('takes a string for its UTF-8 bytes', async () => {
    const { key, input, body, signatureHex } = theVector('chinese and emoji, raw utf-8');
    expect(await implementation.sign(key, input, body.toString('utf8'))).toBe(signatureHex);
  });

  it('signs the bytes of a view, not of the buffer behind it', async () => {
    const { key, input, body, signatureHex } = theVector('plain json');
    const padded = Buffer.concat([Buffer.from('before'), body, Buffer.from('after')]);
    const view = new Uint8Array(padded.buffer, padded.byteOffset + 6, body.length);
    expect(await implementation.sign(key, input, view)).toBe(signatureHex);
  });

  it('lets an empty key neither sign nor verify', async () => {
    const { input, body, stringToSign } = theVector('plain json');
    const forged = createHmac('sha256', '').update(stringToSign).digest('hex');
    await expect(async () => implementation.sign('', input, body)).rejects.toThrow(TypeError);
    expect(await implementation.verify('', input, body, forged)).toBe(false);
  });

  const { key, input, body, signatureHex } = theVector('plain json');
  const flippedLastDigit = signatureHex.slice(0, -1) + (signatureHex.endsWith('0') ? '1' : '0');
  const tampered: {
    part: string;
    key?: string;
    input?: Partial<SignatureInput>;
    body?: string;
    signature?: string;
  }[] = [
    { part: 'key', key: `${key} ` },
    { part: 'appKey', input: { appKey: 'ak_demo_0002' } },
    { part: 'timestamp', input: { timestamp: '1763712000124' } },
    { part: 'timestamp written otherwise', input: { timestamp: '01763712000123' } },
    { part: 'nonce', input: { nonce: '10112233445566778899aabbccddeeff' } },
    { part: 'nonce in upper case', input: { nonce: '00112233445566778899AABBCCDDEEFF' } },
    { part: 'body', body: body.toString('utf8').replace('hi', 'ho') },
    { part: 'body with a newline after it', body: `${body.toString('utf8')}\n` },
    { part: 'empty body', body: '' },
    { part: 'signature', signature: flippedLastDigit },
    { part: 'signature in upper case', signature: signatureHex.toUpperCase() },
    { part: 'shortened signature', signature: signatureHex.slice(0, -1) },
    { part: 'lengthened signature', signature: `${signatureHex}0` },
    { part: 'empty signature', signature: '' },
    { part: 'signature that is no hex', signature: '签'.repeat(64) },
  ];

  it.each(tampered)('refuses another $part', async (changed) => {
    const isValid = await implementation.verify(
      changed.key ?? key,
      { ...input, ...changed.input },
      changed.body ?? body,
      changed.signature ?? signatureHex,
    );
    expect(isValid).toBe(false);
  });
});

function theVector(name: string) {
  const vector = cases.find((candidate) => candidate.name === name);
  if (!vector) throw new Error(`no vector named ${name}`);
  return vector;
}
