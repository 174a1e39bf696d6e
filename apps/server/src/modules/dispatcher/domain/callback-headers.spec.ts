import { createHmac, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DeliveryKind } from '@im/contracts/api/deliveries';
import { signSync, verifyStandardWebhookSync } from '@im/contracts/signature-node';
import { toStandardWebhooksSecret } from '@im/contracts/signature-standard-webhooks';
import { describe, expect, it } from 'vitest';
import { callbackDelivery, callbackTarget, compositionOf } from '../../../testing/callback-parts.js';
import { callbackHeaders } from './callback-headers.js';
import type { Composition } from './callback.js';

const { version } = JSON.parse(
  readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
) as {
  version: string;
};

const body = Buffer.from('{"data":{"text":"你好"}}');
const delivery = callbackDelivery({ attempt: 3 });
const composition = compositionOf({
  target: callbackTarget({ headers: { 'X-Team': 'north', authorization: 'Bearer abc' } }),
  deliveries: [delivery],
  timestampMs: 1_763_712_000_999,
});
const signatureInput = { appKey: 'ak_1', timestamp: '1763712000999', nonce: composition.nonce };

function headersOf(override: Partial<Composition> = {}): Map<string, string> {
  return new Map(callbackHeaders({ ...composition, ...override }, 'application/json; charset=utf-8', body));
}

function signedBothWays(override: Partial<Composition> = {}): Map<string, string> {
  const target = { ...composition.target, signatureScheme: 'standard-webhooks' } as const;
  return headersOf({ target, ...override });
}

describe('the headers of a callback', () => {
  it('come in the documented order, the custom ones last', () => {
    const digest = hash('sha256', body, 'hex');
    const signature = createHmac('sha256', composition.keys.current)
      .update(`ak_1\n1763712000999\n00112233445566778899aabbccddeeff\n${digest}`)
      .digest('hex');
    expect([...headersOf()]).toEqual([
      ['Content-Type', 'application/json; charset=utf-8'],
      ['User-Agent', `IM-Callback/${version}`],
      ['X-App-Key', 'ak_1'],
      ['X-App-Timestamp', '1763712000999'],
      ['X-App-Nonce', '00112233445566778899aabbccddeeff'],
      ['X-App-Signature', signature],
      ['X-App-Event', 'message.sent'],
      ['X-App-Callback-Id', 'c-1'],
      ['X-App-Delivery-Id', 'd-1'],
      ['X-App-Webhook-Id', 'w-1'],
      ['X-App-Attempt', '3'],
      ['X-App-Kind', 'event'],
      ['X-Team', 'north'],
      ['authorization', 'Bearer abc'],
    ]);
  });

  it('a new nonce, timestamp or key makes a new signature', () => {
    const keys = { ...composition.keys, current: 'other' };
    const changes = [{}, { nonce: 'f'.repeat(32) }, { timestampMs: 1_763_712_000_124 }, { keys }];
    expect(new Set(changes.map((change) => headersOf(change).get('X-App-Signature'))).size).toBe(4);
  });

  it.each([
    ['no rotation', null, null, []],
    ['a staged key', 'next', null, ['X-App-Signature-Next']],
    ['a previous key', null, 'previous', ['X-App-Signature-Previous']],
    ['both', 'next', 'previous', ['X-App-Signature-Next', 'X-App-Signature-Previous']],
  ])('with %s carry just the signatures of the keys that count', (_, next, previous, expected) => {
    const headers = headersOf({ keys: { current: 'current', next, previous } });
    expect([...headers.keys()].filter((name) => name.startsWith('X-App-Signature-'))).toEqual(expected);
    for (const name of expected) {
      const key = name === 'X-App-Signature-Next' ? 'next' : 'previous';
      expect(headers.get(name)).toBe(signSync(key, signatureInput, body));
    }
  });

  it('name the kind of a batch when all of it has one, else they say that it carries events', () => {
    const kindOf = (...kinds: DeliveryKind[]) => {
      const [first = delivery, ...others] = kinds.map((kind) => ({ ...delivery, kind }));
      return headersOf({ deliveries: [first, ...others], batchId: 'b-1' }).get('X-App-Kind');
    };
    expect(kindOf('redelivery', 'redelivery')).toBe('redelivery');
    expect(kindOf('redelivery', 'event')).toBe('event');
  });

  it('of a batch name what all of it shares, and the highest attempt', () => {
    const deliveries = [delivery, { ...delivery, attempt: 7 }, { ...delivery, attempt: 1 }] as const;
    const names = [...headersOf({ deliveries, batchId: 'b-1' })].slice(6, -2);
    expect(names).toEqual([
      ['X-App-Batch', '3'],
      ['X-App-Batch-Id', 'b-1'],
      ['X-App-Webhook-Id', 'w-1'],
      ['X-App-Attempt', '7'],
      ['X-App-Kind', 'event'],
    ]);
  });
});

describe('the Standard Webhooks headers', () => {
  it('are sent only where the webhook signs that way, beside the others', () => {
    expect([...headersOf().keys()].filter((name) => name.startsWith('webhook-'))).toEqual([]);
    const names = [...signedBothWays().keys()];
    expect(names).toEqual(expect.arrayContaining(['X-App-Signature', 'webhook-id', 'webhook-signature']));
  });

  it.each([
    ['an event', null, 'c-1'],
    ['a batch', 'b-1', 'b-1'],
  ])('of %s carry its id and the time in whole seconds', (_, batchId, id) => {
    const headers = signedBothWays({ batchId });
    expect([headers.get('webhook-id'), headers.get('webhook-timestamp')]).toEqual([id, '1763712000']);
  });

  it.each(['next', 'current', 'previous'])('are accepted by who holds the %s key alone', (key) => {
    const keys = { current: 'current', next: 'next', previous: 'previous' };
    const headers = signedBothWays({ keys });
    const signatures = headers.get('webhook-signature') ?? '';
    expect(signatures).toMatch(/^v1,\S{44} v1,\S{44} v1,\S{44}$/);
    const input = { id: 'c-1', timestamp: '1763712000' };
    expect(verifyStandardWebhookSync(toStandardWebhooksSecret(key), input, body, signatures)).toBe(true);
    expect(verifyStandardWebhookSync(toStandardWebhooksSecret('other'), input, body, signatures)).toBe(false);
  });

  it('sign with the bytes that a whsec_ secret encodes', () => {
    const secret = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
    const headers = signedBothWays({ keys: { current: secret, next: null, previous: null } });
    const key = Buffer.from(Array.from({ length: 32 }, (_, byte) => byte));
    const mac = createHmac('sha256', key).update('c-1.1763712000.').update(body).digest('base64');
    expect(headers.get('webhook-signature')).toBe(`v1,${mac}`);
  });
});

describe('the headers of body-hmac', () => {
  const signed = (key: string) => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
  const keys = { current: 'current', next: 'next', previous: 'previous' };
  const headersWith = (signaturePrefix: string, override: Partial<Composition> = {}) => {
    const target = { ...composition.target, signatureScheme: 'body-hmac', signaturePrefix } as const;
    return headersOf({ target, keys, ...override });
  };

  it('begin with the prefix, and sign the body with every live key', () => {
    const headers = headersWith('X-Acme');
    expect([...headers].filter(([name]) => name.startsWith('X-Acme'))).toEqual([
      ['X-Acme-Signature-256', signed('current')],
      ['X-Acme-Signature-256-Next', signed('next')],
      ['X-Acme-Signature-256-Previous', signed('previous')],
      ['X-Acme-Event', 'message.sent'],
      ['X-Acme-Delivery', 'd-1'],
      ['X-Acme-Webhook-ID', 'w-1'],
      ['X-Acme-Timestamp', '1763712000999'],
    ]);
    expect(headers.get('User-Agent')).toBe('Acme-Webhooks/1.0');
    expect(headers.get('X-App-Signature')).toBe(signSync('current', signatureInput, body));
  });

  it('with the prefix X-App are there once, next to those of every callback', () => {
    const headers = headersWith('x-app');
    const names = [...headers.keys()].map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['x-app-signature-256', 'x-app-delivery', 'x-app-webhook-id']),
    );
  });

  it('of a batch name neither event nor delivery', () => {
    const names = [...headersWith('X-Acme', { batchId: 'b-1' }).keys()];
    expect(names).not.toEqual(expect.arrayContaining(['X-Acme-Event']));
    expect(names).not.toEqual(expect.arrayContaining(['X-Acme-Delivery']));
    expect(names).toEqual(expect.arrayContaining(['X-Acme-Signature-256', 'X-Acme-Webhook-ID']));
  });
});
