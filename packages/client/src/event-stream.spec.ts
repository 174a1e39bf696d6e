import { expect, it } from 'vitest';
import { parseEvent } from './event-stream.js';

it.each([
  ['event: a\ndata: {"n":1}\nid: 7', { event: 'a', data: { n: 1 }, id: '7' }],
  ['data: 1', { event: 'message', data: 1, id: undefined }],
  ['data:1\r', { event: 'message', data: 1, id: undefined }],
  ['data: {"n":\ndata: 1}', { event: 'message', data: { n: 1 }, id: undefined }],
  [': a comment', undefined],
  ['retry: 200', undefined],
])('%j', (block, expected) => {
  expect(parseEvent(block)).toEqual(expected);
});
