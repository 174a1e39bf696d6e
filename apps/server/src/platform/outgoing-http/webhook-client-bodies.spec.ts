import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { closeAfterEach, httpReceiver, openClient, post } from '../../testing/local-receiver.js';

closeAfterEach();

const TEXT = '{"error":"签名不对 ✗"}';
/** “签名错误” */
const GBK = Buffer.from('c7a9c3fbb4edcef3', 'hex');
const BIG = 'x'.repeat(50_000_000);

function answering(body: Buffer, headers: Record<string, string>, status = 400): Promise<string> {
  return httpReceiver((_request, response) => response.writeHead(status, headers).end(body));
}

async function answerOf(body: Buffer, headers: Record<string, string>) {
  return openClient().send(post(await answering(body, headers)));
}

describe('a packed response body is shown unpacked', () => {
  const utf8 = Buffer.from(TEXT);

  it.each([
    ['gzip', gzipSync(utf8)],
    ['x-gzip', gzipSync(utf8)],
    ['GZIP', gzipSync(utf8)],
    ['deflate', deflateSync(utf8)],
    ['deflate', deflateRawSync(utf8)],
    ['br', brotliCompressSync(utf8)],
    ['zstd', zstdCompressSync(utf8)],
    ['deflate, gzip', gzipSync(deflateSync(utf8))],
    ['identity', utf8],
  ])('%s', async (coding, body) => {
    expect(await answerOf(body, { 'Content-Encoding': coding })).toMatchObject({
      responseStatus: 400,
      responseBody: TEXT,
      isResponseTruncated: false,
      responseHeaders: { 'content-encoding': coding },
    });
  });

  it.each([
    ['gzip', gzipSync(BIG)],
    ['br', brotliCompressSync(BIG)],
    ['zstd', zstdCompressSync(BIG)],
    ['gzip, gzip', gzipSync(gzipSync(BIG))],
  ])('%s, up to the limit and no further', async (coding, body) => {
    const outcome = await answerOf(body, { 'Content-Encoding': coding });
    expect(outcome.responseBody).toBe('x'.repeat(16_384));
    expect(outcome.isResponseTruncated).toBe(true);
  });

  it('as far as it came', async () => {
    const noise = Array.from({ length: 20_000 }, (_, index) => String((index * 7919) % 10_007)).join(' ');
    const outcome = await answerOf(gzipSync(noise), { 'Content-Encoding': 'gzip' });
    expect(noise.startsWith(outcome.responseBody ?? '-')).toBe(true);
    expect(outcome.responseBody?.length).toBe(16_384);
    expect(outcome.isResponseTruncated).toBe(true);
  });

  it.each([
    ['gzip', Buffer.from('no gzip at all')],
    ['rot13', Buffer.from('unknown')],
    ['__proto__', Buffer.from('a name that every object has')],
    ['gzip, __proto__', Buffer.from('another name that every object has')],
    ['constructor', Buffer.from('one more of them')],
    ['gzip', Buffer.alloc(0)],
    ['gzip, gzip, gzip, gzip, gzip', Buffer.from('too deep')],
  ])('that is no %s is shown as it is', async (coding, body) => {
    expect(await answerOf(body, { 'Content-Encoding': coding })).toMatchObject({
      responseBody: body.toString(),
      isResponseTruncated: false,
    });
  });

  it('and the connection is kept meanwhile', async () => {
    const url = await answering(gzipSync(utf8), { 'Content-Encoding': 'gzip' }, 200);
    const sender = openClient();
    await sender.send(post(url));
    expect(await sender.send(post(url))).toMatchObject({
      responseBody: TEXT,
      phases: { connectMs: null },
      errorClass: null,
    });
  });
});

describe('a response body is read in its own charset', () => {
  it.each([
    ['GBK', 'text/html; charset=GBK', GBK, '签名错误'],
    ['GB2312', 'text/plain;charset="gb2312"', GBK, '签名错误'],
    ['GB18030', 'text/plain; charset=gb18030', GBK, '签名错误'],
    ['Big5', 'text/plain; charset=big5', Buffer.from('c3b1b3b9', 'hex'), '簽章'],
    ['Shift_JIS', 'text/plain; charset=Shift_JIS', Buffer.from('93fa967b', 'hex'), '日本'],
    ['Latin-1', 'text/plain; charset=iso-8859-1', Buffer.from('caf\u00e9', 'latin1'), 'café'],
    ['UTF-16', 'text/plain; charset=utf-16', Buffer.from('\ufeff你好', 'utf16le'), '你好'],
    ['UTF-8', 'application/json; charset=UTF-8', Buffer.from('你好'), '你好'],
    ['none', 'application/json', Buffer.from('你好'), '你好'],
    ['an unknown one', 'text/plain; charset=klingon', Buffer.from('你好'), '你好'],
    [
      'GBK as its page says',
      'text/html',
      Buffer.concat([Buffer.from('<html><meta charset="gbk">'), GBK]),
      '<html><meta charset="gbk">签名错误',
    ],
    [
      'GBK as its XML says',
      'application/xml',
      Buffer.concat([Buffer.from('<?xml version="1.0" encoding="GBK"?><e>'), GBK]),
      '<?xml version="1.0" encoding="GBK"?><e>签名错误',
    ],
  ])('%s', async (_name, contentType, body, text) => {
    expect((await answerOf(body, { 'Content-Type': contentType })).responseBody).toBe(text);
  });

  it('also when it is packed', async () => {
    const headers = { 'Content-Type': 'text/plain; charset=gbk', 'Content-Encoding': 'gzip' };
    expect((await answerOf(gzipSync(GBK), headers)).responseBody).toBe('签名错误');
  });

  it('without half a character where it is cut', async () => {
    const body = Buffer.concat([Buffer.from('x'), Buffer.alloc(20_000, GBK)]);
    const { responseBody } = await answerOf(body, { 'Content-Type': 'text/plain; charset=gbk' });
    expect(responseBody).toBe(`x${'签名错误'.repeat(2_048).slice(0, 8_191)}`);
  });

  it('such that it can be stored', async () => {
    const body = Buffer.from('a\0b', 'utf16le');
    const { responseBody } = await answerOf(body, { 'Content-Type': 'text/plain; charset=utf-16le' });
    expect(responseBody).toBe('a\uFFFDb');
  });
});
