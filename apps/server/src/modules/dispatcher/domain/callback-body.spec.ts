import { callbackEnvelopeSchema } from '@im/contracts/envelope';
import { describe, expect, it } from 'vitest';
import { buildCallbackBody } from './callback-body.js';

const parts = {
  deliveryId: 'd-1',
  webhookId: 'w-1',
  payload: '{}',
  callbackId: 'c-1',
  timestamp: '2026-11-21T08:00:00.123Z',
  appKey: 'ak_1',
  event: 'message.sent',
};

describe('the body of a callback', () => {
  it('has the keys of the envelope, in its order, and no others', () => {
    expect(buildCallbackBody({ ...parts, ...{ secret: 'not for you' } }).toString()).toBe(
      '{"callbackId":"c-1","event":"message.sent","appKey":"ak_1","timestamp":"2026-11-21T08:00:00.123Z",' +
        '"webhookId":"w-1","deliveryId":"d-1","data":{}}',
    );
  });

  it.each([
    '{"n":12345678901234567890.10,"b":1,"a":2}',
    '{ "spaced" : [ 1 , 2 ] }',
    '{"escaped":"\\u4f60\\u597d","raw":"你好 👋"}',
    '{"a":1,"a":2}',
    '{"__proto__":{"x":1}}',
    'null',
  ])('carries the payload %s as it was handed in', (payload) => {
    expect(
      buildCallbackBody({ ...parts, payload })
        .toString('utf8')
        .endsWith(`,"data":${payload}}`),
    ).toBe(true);
  });

  it('is JSON whatever the names contain', () => {
    const odd = { ...parts, event: 'a"b\\c\n\u2028', appKey: '钥' };
    const body = JSON.parse(buildCallbackBody(odd).toString('utf8')) as unknown;
    expect(callbackEnvelopeSchema.parse(body)).toMatchObject({ event: odd.event, appKey: '钥', data: {} });
  });
});
