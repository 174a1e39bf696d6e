import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { signSync } from '@im/contracts/signature-node';
import { describe, expect, it } from 'vitest';
import { buildCallbackHeaders, type CallbackHeaderParts } from './callback-headers.js';

const { version } = JSON.parse(
  readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
) as {
  version: string;
};

const parts: CallbackHeaderParts = {
  appKey: 'ak_1',
  timestamp: '1763712000123',
  nonce: '00112233445566778899aabbccddeeff',
  keys: { current: '密钥-🔑', next: null, previous: null },
  body: Buffer.from('{"data":{"text":"你好"}}'),
  event: 'message.sent',
  callbackId: 'c-1',
  deliveryId: 'd-1',
  webhookId: 'w-1',
  attempt: 3,
  customHeaders: { 'X-Team': 'north', authorization: 'Bearer abc' },
};

describe('the headers of a callback', () => {
  it('come in the documented order, the custom ones last', () => {
    const digest = createHash('sha256').update(parts.body).digest('hex');
    const signature = createHmac('sha256', parts.keys.current)
      .update(`ak_1\n1763712000123\n00112233445566778899aabbccddeeff\n${digest}`)
      .digest('hex');
    expect(buildCallbackHeaders(parts)).toEqual([
      ['Content-Type', 'application/json; charset=utf-8'],
      ['User-Agent', `IM-Callback/${version}`],
      ['X-App-Key', 'ak_1'],
      ['X-App-Timestamp', '1763712000123'],
      ['X-App-Nonce', '00112233445566778899aabbccddeeff'],
      ['X-App-Signature', signature],
      ['X-App-Event', 'message.sent'],
      ['X-App-Callback-Id', 'c-1'],
      ['X-App-Delivery-Id', 'd-1'],
      ['X-App-Webhook-Id', 'w-1'],
      ['X-App-Attempt', '3'],
      ['X-Team', 'north'],
      ['authorization', 'Bearer abc'],
    ]);
  });

  it('a new nonce or timestamp makes a new signature', () => {
    const signatureOf = (override: Partial<CallbackHeaderParts>) =>
      new Map(buildCallbackHeaders({ ...parts, ...override })).get('X-App-Signature');
    const keys = { ...parts.keys, current: 'other' };
    const signatures = [{}, { nonce: 'f'.repeat(32) }, { timestamp: '1763712000124' }, { keys }].map(
      signatureOf,
    );
    expect(new Set(signatures).size).toBe(4);
  });

  it.each([
    ['no rotation', null, null, []],
    ['a staged key', 'next', null, ['X-App-Signature-Next']],
    ['a previous key', null, 'previous', ['X-App-Signature-Previous']],
    ['both', 'next', 'previous', ['X-App-Signature-Next', 'X-App-Signature-Previous']],
  ])('with %s carry just the signatures of the keys that count', (_, next, previous, expected) => {
    const keys = { current: 'current', next, previous };
    const headers = new Map(buildCallbackHeaders({ ...parts, keys }));
    expect([...headers.keys()].filter((name) => name.startsWith('X-App-Signature-'))).toEqual(expected);
    for (const name of expected) {
      const key = name === 'X-App-Signature-Next' ? 'next' : 'previous';
      expect(headers.get(name)).toBe(signSync(key, parts, parts.body));
    }
  });
});
