import { createHmac } from 'node:crypto';
import type { CallbackFormat } from '@im/contracts/api/delivery-settings';
import { callbackEnvelopeSchema } from '@im/contracts/envelope';
import { describe, expect, it } from 'vitest';
import { callbackDelivery, callbackTarget, compositionOf } from '../../../testing/callback-parts.js';
import type { Composition } from './callback.js';
import { composeCallback } from './compose-callback.js';

const delivery = callbackDelivery();
const second = callbackDelivery({
  callbackId: 'c-2',
  deliveryId: 'd-2',
  event: 'message.revoked',
  payload: '{ "spaced" : 1 }',
});

function compose(format: CallbackFormat, override: Partial<Composition> = {}) {
  return composeCallback(compositionOf({ target: callbackTarget({ format }), ...override }));
}

const bodyOf = (...args: Parameters<typeof compose>) => compose(...args).body.toString('utf8');
const headersOf = (...args: Parameters<typeof compose>) => new Map(compose(...args).headers);

type Entry = Record<string, unknown>;

const SINGLE: [CallbackFormat, contentType: string, body: string][] = [
  [
    'im',
    'application/json; charset=utf-8',
    '{"callbackId":"c-1","event":"message.sent","appKey":"ak_1","timestamp":"2026-11-21T08:00:00.123Z",' +
      '"webhookId":"w-1","deliveryId":"d-1","data":{"n":12345678901234567890.10,"b":1,"a":2}}',
  ],
  [
    'standard-webhooks',
    'application/json; charset=utf-8',
    '{"type":"message.sent","timestamp":"2026-11-21T08:00:00.123Z","data":{"n":12345678901234567890.10,"b":1,"a":2}}',
  ],
  [
    'cloudevents',
    'application/cloudevents+json; charset=utf-8',
    '{"specversion":"1.0","id":"c-1","source":"urn:im-callback:app:ak_1","type":"message.sent",' +
      '"subject":"single_u1_u2","time":"2026-11-21T08:00:00.123Z","datacontenttype":"application/json",' +
      '"appkey":"ak_1","webhookid":"w-1","deliveryid":"d-1","data":{"n":12345678901234567890.10,"b":1,"a":2}}',
  ],
  ['raw', 'application/json', '{"n":12345678901234567890.10,"b":1,"a":2}'],
  [
    'flat',
    'application/json; charset=utf-8',
    '{"event":"message.sent","timestamp":"2026-11-21T08:00:00.123Z","webhook_id":"w-1","delivery_id":"d-1",' +
      '"data":{"n":12345678901234567890.10,"b":1,"a":2}}',
  ],
];

const BATCHES: [CallbackFormat, contentType: string, body: string][] = [
  [
    'im',
    'application/json; charset=utf-8',
    '{"batchId":"b-1","appKey":"ak_1","webhookId":"w-1","events":[' +
      '{"callbackId":"c-1","event":"message.sent","appKey":"ak_1","timestamp":"2026-11-21T08:00:00.123Z",' +
      '"webhookId":"w-1","deliveryId":"d-1","data":{"n":12345678901234567890.10,"b":1,"a":2}},' +
      '{"callbackId":"c-2","event":"message.revoked","appKey":"ak_1","timestamp":"2026-11-21T08:00:00.123Z",' +
      '"webhookId":"w-1","deliveryId":"d-2","data":{ "spaced" : 1 }}]}',
  ],
  [
    'standard-webhooks',
    'application/json; charset=utf-8',
    '{"batchId":"b-1","appKey":"ak_1","webhookId":"w-1","events":[' +
      '{"id":"c-1","type":"message.sent","timestamp":"2026-11-21T08:00:00.123Z","data":{"n":12345678901234567890.10,"b":1,"a":2}},' +
      '{"id":"c-2","type":"message.revoked","timestamp":"2026-11-21T08:00:00.123Z","data":{ "spaced" : 1 }}]}',
  ],
  [
    'cloudevents',
    'application/cloudevents-batch+json; charset=utf-8',
    '[{"specversion":"1.0","id":"c-1","source":"urn:im-callback:app:ak_1","type":"message.sent",' +
      '"subject":"single_u1_u2","time":"2026-11-21T08:00:00.123Z","datacontenttype":"application/json",' +
      '"appkey":"ak_1","webhookid":"w-1","deliveryid":"d-1","data":{"n":12345678901234567890.10,"b":1,"a":2}},' +
      '{"specversion":"1.0","id":"c-2","source":"urn:im-callback:app:ak_1","type":"message.revoked",' +
      '"subject":"single_u1_u2","time":"2026-11-21T08:00:00.123Z","datacontenttype":"application/json",' +
      '"appkey":"ak_1","webhookid":"w-1","deliveryid":"d-2","data":{ "spaced" : 1 }}]',
  ],
  [
    'flat',
    'application/json; charset=utf-8',
    '{"batchId":"b-1","appKey":"ak_1","webhookId":"w-1","events":[' +
      '{"event":"message.sent","timestamp":"2026-11-21T08:00:00.123Z","webhook_id":"w-1","delivery_id":"d-1",' +
      '"data":{"n":12345678901234567890.10,"b":1,"a":2}},' +
      '{"event":"message.revoked","timestamp":"2026-11-21T08:00:00.123Z","webhook_id":"w-1","delivery_id":"d-2",' +
      '"data":{ "spaced" : 1 }}]}',
  ],
];

describe('a callback of format', () => {
  it.each(SINGLE)('%s is %s', (format, contentType, body) => {
    expect(bodyOf(format)).toBe(body);
    expect(headersOf(format).get('Content-Type')).toBe(contentType);
    expect(compose(format).url).toBe('https://example.com/hook');
  });

  it.each(BATCHES)('%s in a batch is %s', (format, contentType, body) => {
    const batch = { deliveries: [delivery, second], batchId: 'b-1' } as const;
    expect(bodyOf(format, batch)).toBe(body);
    expect(headersOf(format, batch).get('Content-Type')).toBe(contentType);
  });

  it.each(BATCHES)('%s has the same form in a batch of one', (format) => {
    const body = JSON.parse(bodyOf(format, { batchId: 'b-1' })) as unknown[] | { events: unknown[] };
    expect(Array.isArray(body) ? body : body.events).toHaveLength(1);
  });

  // Receivers drop duplicates by it, so docs/receiving.md names it for each format.
  it.each<[CallbackFormat, member: string, values: string[]]>([
    ['im', 'callbackId', ['c-1', 'c-2']],
    ['standard-webhooks', 'id', ['c-1', 'c-2']],
    ['cloudevents', 'id', ['c-1', 'c-2']],
    ['flat', 'delivery_id', ['d-1', 'd-2']],
  ])('%s tells the events of a batch apart by %s', (format, member, values) => {
    const text = bodyOf(format, { deliveries: [delivery, second], batchId: 'b-1' });
    const body = JSON.parse(text) as Entry[] | { events: Entry[] };
    const entries = Array.isArray(body) ? body : body.events;
    expect(entries.map((entry) => entry[member])).toEqual(values);
    expect(text.includes('c-1')).toBe(format !== 'flat');
  });

  it.each(SINGLE)('%s says which it is, unless it is im', (format) => {
    expect(headersOf(format).get('X-App-Format')).toBe(format === 'im' ? undefined : format);
  });
});

describe('whatever the format,', () => {
  it.each([
    '{"n":12345678901234567890.10,"b":1,"a":2}',
    '{ "spaced" : [ 1 , 2 ] }',
    '{"escaped":"\\u4f60\\u597d","raw":"你好 👋"}',
    '{"a":1,"a":2}',
    '{"__proto__":{"x":1}}',
    'null',
  ])('the payload %s goes out as it was received', (payload) => {
    for (const [format] of SINGLE) {
      const body = bodyOf(format, { deliveries: [{ ...delivery, payload }] });
      expect(body.endsWith(format === 'raw' ? payload : `,"data":${payload}}`)).toBe(true);
    }
    for (const [format] of BATCHES) {
      const body = bodyOf(format, { deliveries: [{ ...delivery, payload }, second], batchId: 'b-1' });
      expect(body).toContain(`"data":${payload}}`);
    }
  });

  it('the body is JSON, whatever the names contain', () => {
    const odd = { ...delivery, event: 'a"b\\c\n\u2028', callbackId: '"', conversationId: '"\\' };
    for (const [format] of SINGLE) {
      for (const batchId of format === 'raw' ? [null] : [null, '"']) {
        expect(() => JSON.parse(bodyOf(format, { deliveries: [odd], batchId })) as unknown).not.toThrow();
      }
    }
    const envelope: unknown = JSON.parse(bodyOf('im', { deliveries: [odd] }));
    expect(callbackEnvelopeSchema.parse(envelope)).toMatchObject({ event: odd.event });
  });

  it('what goes out is what was signed', () => {
    for (const [format] of SINGLE) {
      const { headers, body } = compose(format, {
        target: callbackTarget({ format, signatureScheme: 'standard-webhooks' }),
        keys: { current: 'key', next: null, previous: null },
      });
      const mac = createHmac('sha256', 'key').update('c-1.1763712000.').update(body).digest('base64');
      expect(new Map(headers).get('webhook-signature')).toBe(`v1,${mac}`);
    }
  });

  it('a secret of the webhook stays out of it', () => {
    for (const [format] of SINGLE) {
      const target = { ...callbackTarget({ format }), ...{ secret: 'not for you' } };
      const { body, headers } = compose(format, { target });
      expect(body.toString() + JSON.stringify(headers)).not.toContain('not for you');
    }
  });
});

it.each<[string, CallbackFormat, Partial<Composition>]>([
  ['several deliveries outside a batch', 'im', { deliveries: [delivery, second] }],
  ['a batch of raw bodies', 'raw', { batchId: 'b-1' }],
])('does not compose %s', (_, format, override) => {
  expect(() => compose(format, override)).toThrow(TypeError);
});
