import { describe, expect, it } from 'vitest';
import { shellQuote } from '../../../shared/format/shell-quote.js';
import { parseRequest, printRequest } from './parse-request.js';

const BODY = `{"text":"it's \\u4f60 $HOME \\"quoted\\" 你好","n":1}`;
const HEADERS = { 'X-App-Key': 'ak_1', 'X-App-Nonce': 'ab' };

describe('parseRequest', () => {
  it.each([
    ['raw HTTP', `POST /callback HTTP/1.1\nX-App-Key: ak_1\nX-App-Nonce:ab\n\n${BODY}`],
    ['raw HTTP with CRLF', `POST /callback HTTP/1.1\r\nX-App-Key: ak_1\r\nX-App-Nonce: ab\r\n\r\n${BODY}`],
    ['headers without a request line', `X-App-Key: ak_1 \nX-App-Nonce: ab\n\n${BODY}`],
    [
      'a request line without a version',
      `\n\nPOST https://x.test/c\nX-App-Key: ak_1\nX-App-Nonce: ab\n\n${BODY}`,
    ],
    [
      'curl',
      `curl -i 'https://x.test/' -H 'X-App-Key: ak_1' -H "X-App-Nonce: ab" --data-raw ${shellQuote(BODY)}`,
    ],
    [
      'curl over several lines',
      `$ curl -X POST https://x.test \\\n  --header='X-App-Key: ak_1' \\\n  -H'X-App-Nonce: ab' \\\n  -d ${shellQuote(BODY)}`,
    ],
  ])('reads %s', (_, text) => {
    expect(parseRequest(text)).toEqual({ request: { headers: HEADERS, body: BODY } });
  });

  it.each([
    ['a line break at the end of a body', 'A: 1\n\n{}\n', '{}\n'],
    ['empty lines in a body', 'A: 1\n\na\n\nb', 'a\n\nb'],
    ['no body', 'A: 1', ''],
    ['a body with escapes of bash', String.raw`curl x -H 'A: 1' -d $'a\n\u00e9\x41\'b'`, "a\néA'b"],
    ['a body in double quotes', String.raw`curl x -H 'A: 1' -d "{\"a\":\"\\n\"}"`, '{"a":"\\n"}'],
    ['several data', "curl x -H 'A: 1' -d a=1 -d b=2", 'a=1&b=2'],
    ['a body that begins with @', "curl x -H 'A: 1' --data-raw @a", '@a'],
  ])('keeps %s', (_, text, body) => {
    expect(parseRequest(text)).toEqual({ request: { headers: { A: '1' }, body } });
  });

  it.each([
    ['an empty text', '', 'headers'],
    ['a body alone', '{"a":1}', 'headers'],
    ['a line that is no header', 'A: 1\nnot a header\n\nbody', 'headers'],
    ['curl without headers', 'curl https://x.test', 'headers'],
    ['a body in a file', "curl x -H 'A: 1' --data-binary @body.json", 'file'],
  ])('refuses %s', (_, text, fault) => {
    expect(parseRequest(text)).toEqual({ fault });
  });

  it('reads the empty and the left-out headers of curl', () => {
    expect(parseRequest("curl x -H 'A: 1' -H 'B;' -H 'C:'")).toEqual({
      request: { headers: { A: '1', B: '' }, body: '' },
    });
  });

  it('reads what printRequest writes', () => {
    const request = { headers: { ...HEADERS, Empty: '' }, body: `${BODY}\n\n` };
    expect(parseRequest(printRequest('https://x.test/c?d=1', request))).toEqual({ request });
  });
});
