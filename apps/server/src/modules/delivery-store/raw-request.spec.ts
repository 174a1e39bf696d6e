import { expect, it } from 'vitest';
import type { RawRequest } from './domain/raw-request.js';
import { readRawRequest, writeRawRequest } from './raw-request.js';

const EVENT = 'openim.callbackAfterSendSingleMsgCommand';

it.each<[what: string, body: Buffer]>([
  ['text', Buffer.from('{"id":9007199254740993,"a":"你好\\u0000\\u003c"}\n')],
  ['bytes that are no text', Buffer.from([0, 255, 254, 10, 13])],
  ['nothing', Buffer.alloc(0)],
])('a body of %s comes back byte by byte', (_what, body) => {
  const request: RawRequest = {
    contentType: 'application/json; charset=utf-8',
    body,
    pathSuffix: 'callbackAfterSendSingleMsgCommand',
    query: 'key=a%20b',
  };
  expect(readRawRequest(EVENT, writeRawRequest(request))).toEqual(request);
});

it('a payload that only looks like one stays a payload', () => {
  const payload = writeRawRequest({
    contentType: 'a',
    body: Buffer.from('x'),
    pathSuffix: null,
    query: null,
  });
  expect(readRawRequest('order.paid', payload)).toBeNull();
  expect(readRawRequest(EVENT, '{"a":1}')).toBeNull();
  expect(readRawRequest(EVENT, '{"rawRequest":null}')).toBeNull();
});
