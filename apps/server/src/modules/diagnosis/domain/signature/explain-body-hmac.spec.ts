import { createHmac } from 'node:crypto';
import type { SignatureFindingCode } from '@im/contracts/api/signature-explanation';
import { describe, expect, it } from 'vitest';
import { explainSignature } from './explain-signature.js';
import { signedRequest, type NamedKey } from './signed-request.js';

const BODY = '{"event":"build.completed","data":{"text":"你好 / hi <b>","n":1.5}}';
const SECRET = 'my-webhook-secret-key';
const key: NamedKey = {
  key: SECRET,
  owner: 'webhook',
  role: 'current',
  webhookId: 'w-1',
  name: 'https://e.com',
};
const given: NamedKey = { ...key, owner: 'given', role: null, webhookId: null, name: 'the secret given' };

const mac = (secret: string, body: string) => createHmac('sha256', secret).update(body).digest();
const written = (secret: string, body: string) => `sha256=${mac(secret, body).toString('hex')}`;

function explain(signature: string, keys = [key], more: Record<string, string> = {}) {
  const request = signedRequest({ 'X-Acme-Signature-256': signature, ...more }, Buffer.from(BODY));
  return explainSignature({ request, keys, appKey: 'ak_1', nowMs: 0 }).schemes;
}

describe('a request whose body alone is signed', () => {
  it('is valid, with the key that made it by name', () => {
    const schemes = explain(written(SECRET, BODY));
    expect(schemes).toMatchObject([
      { scheme: 'body-hmac', verdict: 'valid', fittingKey: { name: 'https://e.com' }, clockOffsetMs: null },
    ]);
    expect(schemes[0]?.parts.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  });

  it.each<[what: string, signature: string, code: SignatureFindingCode]>([
    ['no algorithm before it', mac(SECRET, BODY).toString('hex'), 'signature_decorated'],
    ['upper-case hex', `sha256=${mac(SECRET, BODY).toString('hex').toUpperCase()}`, 'signature_upper_case'],
    ['base64', `sha256=${mac(SECRET, BODY).toString('base64')}`, 'signature_encoding'],
    ['a line end lost', written(SECRET, `${BODY}\n`), 'body_newline'],
    [
      'JSON serialised again',
      written(SECRET, JSON.stringify(JSON.parse(BODY), null, 2)),
      'body_reserialised',
    ],
    ['a blank behind the key', written(`${SECRET}\n`, BODY), 'key_whitespace'],
    ['another key', written('who knows', BODY), 'nothing_fits'],
    ['no signature at all', 'sha256=', 'nothing_fits'],
  ])('%s is found', (_, signature, code) => {
    const [scheme] = explain(signature);
    expect(scheme?.verdict).toBe('invalid');
    expect(scheme?.findings.map((finding) => finding.code)).toContain(code);
  });

  it('shows what a given secret would have signed, and where the signature with the next one is', () => {
    const [scheme] = explain(written('other', BODY), [given], {
      'x-acme-signature-256-next': written(SECRET, BODY),
    });
    expect(scheme?.expectedSignature).toBe(written(SECRET, BODY));
    expect(scheme?.findings.map(({ code }) => code)).toContain('key_role');
  });

  it('is explained next to X-App only where that is there too', () => {
    const namesOf = (more: Record<string, string>) =>
      explain(written(SECRET, BODY), [key], more).map(({ scheme }) => scheme);
    expect(namesOf({ 'X-App-Timestamp': '1763712000123' })).toEqual(['body-hmac']);
    expect(namesOf({ 'X-App-Signature': 'x' })).toEqual(['x-app', 'body-hmac']);
  });
});
