import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import vectors from '../test/vectors/signature.json' with { type: 'json' };
import { signStandardWebhookSync, verifyStandardWebhookSync } from './signature-node.js';
import { isStandardWebhooksSecret, toStandardWebhooksSecret } from './signature-standard-webhooks.js';

const cases = vectors.standardWebhooks.map((vector) => ({
  ...vector,
  input: { id: vector.webhookId, timestamp: vector.webhookTimestamp },
  body: Buffer.from(vector.bodyBase64, 'base64'),
}));
const { secret, input, body, webhookSignature } = theVector('plain');

describe('the Standard Webhooks scheme', () => {
  it.each(cases)('signs and verifies: $name', (vector) => {
    expect(signStandardWebhookSync(vector.secret, vector.input, vector.body)).toBe(vector.webhookSignature);
    expect(verifyStandardWebhookSync(vector.secret, vector.input, vector.body, vector.webhookSignature)).toBe(
      true,
    );
  });

  it('takes of a secret in no form of its own the UTF-8 bytes', () => {
    const unicode = theVector('unicode');
    const signature = signStandardWebhookSync(
      '0123456789abcdef0123456789abcdef',
      unicode.input,
      unicode.body,
    );
    expect(signature).toBe(unicode.webhookSignature);
  });

  it.each(['密钥-ключ-🔑', 'whsec_', 'whsec_not base64', 'whsec_YWJj=', 'x'.repeat(256)])(
    'a verifier that decodes the secret shown for %s accepts what it signs',
    (own) => {
      const shown = toStandardWebhooksSecret(own);
      expect(isStandardWebhooksSecret(shown)).toBe(true);
      expect(acceptsAsOthersDo(shown, signStandardWebhookSync(own, input, body))).toBe(true);
    },
  );

  it('shows a secret in its own form as it is', () => {
    expect(toStandardWebhooksSecret(secret)).toBe(secret);
  });

  it.each([
    ['only', webhookSignature, true],
    ['second of two', `v1,AAAA ${webhookSignature}`, true],
    ['next to one of another version', `v1a,${webhookSignature.slice(3)} ${webhookSignature}`, true],
    ['absent', '', false],
    ['of another version', `v2,${webhookSignature.slice(3)}`, false],
    ['joined by a comma', `${webhookSignature},${webhookSignature}`, false],
    ['cut', webhookSignature.slice(0, -1), false],
    ['no base64', `v1,${'签'.repeat(44)}`, false],
  ])('judges a list in which the right signature is %s', (_, signatures, isValid) => {
    expect(verifyStandardWebhookSync(secret, input, body, signatures)).toBe(isValid);
  });

  it.each([
    ['secret', `${secret}A`, {}, body],
    ['id', secret, { id: `${input.id}0` }, body],
    ['timestamp', secret, { timestamp: '1763712001' }, body],
    ['body', secret, {}, Buffer.concat([body, Buffer.from('\n')])],
  ])('refuses another %s', (_, key, changed, bytes) => {
    expect(verifyStandardWebhookSync(key, { ...input, ...changed }, bytes, webhookSignature)).toBe(false);
  });

  it('lets an empty secret neither sign nor verify', () => {
    const forged = `v1,${createHmac('sha256', '').update(`${input.id}.${input.timestamp}.`).update(body).digest('base64')}`;
    expect(() => signStandardWebhookSync('', input, body)).toThrow(TypeError);
    expect(verifyStandardWebhookSync('', input, body, forged)).toBe(false);
  });
});

/** As in the scheme's own libraries: strip the prefix, decode, compare each signature of the list. */
function acceptsAsOthersDo(shownSecret: string, signatures: string): boolean {
  const key = Buffer.from(shownSecret.replace(/^whsec_/, ''), 'base64');
  const signed = `${input.id}.${input.timestamp}.${body.toString('utf8')}`;
  const expected = createHmac('sha256', key).update(signed).digest('base64');
  return signatures
    .split(' ')
    .some((entry) => entry.split(',')[0] === 'v1' && entry.split(',')[1] === expected);
}

function theVector(name: string) {
  const vector = cases.find((candidate) => candidate.name === name);
  if (!vector) throw new Error(`no vector named ${name}`);
  return vector;
}
