import { describe, expect, it } from 'vitest';
import { fieldsOf, judgeSending, retryInMs, sendUrlOf, withoutSecret } from './bot-message.js';

it('a message that failed is retried after 5 s, 30 s, 2 min, 10 min and 30 min', () => {
  const pauses = [1, 2, 3, 4, 5, 6].map((attempts) => retryInMs(attempts));
  expect(pauses).toEqual([5_000, 30_000, 120_000, 600_000, 1_800_000, null]);
});

it.each([
  ['https://doo.example.com', 'https://doo.example.com/api/dialog/msg/sendtext'],
  ['http://10.0.0.5:2222/', 'http://10.0.0.5:2222/api/dialog/msg/sendtext'],
  ['https://example.com/doo//?a=1#b', 'https://example.com/doo/api/dialog/msg/sendtext'],
  ['doo.example.com', null],
  ['ftp://doo.example.com', null],
  ['', null],
])('an address %s is posted to at %s', (address, url) => {
  expect(sendUrlOf(address)).toBe(url);
});

it('a form has the fields that were asked for and no others', () => {
  expect(fieldsOf({ dialogId: '1', text: 'a' })).toEqual({ dialog_id: '1', text: 'a' });
});

describe('an answer', () => {
  it.each([
    ['{"ret":1,"msg":"ok"}', null, null],
    ['{"ret":1,"msg":"ok"}', 'The receiver answered 500', 'The receiver answered 500'],
    ['{"ret":-1,"msg":"身份失效"}', null, 'DooTask refused it: 身份失效 (ret -1)'],
    ['{"ret":0}', null, 'DooTask refused it: no reason given (ret 0)'],
    ['{"ret":"1"}', null, 'The answer is not one of DooTask: check the address of the source'],
    ['[]', null, 'The answer is not one of DooTask: check the address of the source'],
    [null, 'The connection was refused', 'The connection was refused'],
  ])('%s with %s means %s', (responseBody, errorMessage, error) => {
    expect(judgeSending({ responseBody, errorMessage })).toEqual({ isSent: error === null, error });
  });

  it('is shortened', () => {
    const verdict = judgeSending({
      responseBody: JSON.stringify({ ret: 0, msg: 'x'.repeat(9_000) }),
      errorMessage: null,
    });
    expect(verdict.error).toHaveLength(500);
  });
});

it('a text is shown without the token in any form', () => {
  expect(withoutSecret('a b+c= and b%2Bc%3D', 'b+c=')).toBe('a *** and ***');
});
