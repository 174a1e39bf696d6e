import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { closeAfterEach, httpReceiver, openClient, post } from '../../testing/local-receiver.js';

const aNumber: unknown = expect.any(Number);

closeAfterEach();

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('a request', () => {
  it('arrives as prepared, and its answer comes back', async () => {
    let seen: { method?: string; url?: string; rawHeaders: string[]; body: Buffer } | undefined;
    const url = await httpReceiver((request, response) => {
      void bodyOf(request).then((body) => {
        seen = { method: request.method!, url: request.url!, rawHeaders: request.rawHeaders, body };
        response.writeHead(202, { 'X-Trace': 'abc', 'Set-Cookie': ['a=1', 'b=2'] }).end('收到 ✓');
      });
    });
    const body = Buffer.from('{"text":"你好 👋","raw":"\u00ff"}');
    const outcome = await openClient().send(
      post(`${url}im/callback?team=1&x=%20`, {
        body,
        headers: [
          ['X-App-Key', 'ak_1'],
          ['x-custom', 'v'],
          ['Content-Type', 'application/json'],
        ],
      }),
    );
    expect(seen).toMatchObject({ method: 'POST', url: '/im/callback?team=1&x=%20' });
    expect(seen?.body.equals(body)).toBe(true);
    expect(seen?.rawHeaders.join('|')).toContain('X-App-Key|ak_1|x-custom|v|Content-Type|application/json');
    expect(outcome).toMatchObject({
      responseStatus: 202,
      responseBody: '收到 ✓',
      isResponseTruncated: false,
      errorClass: null,
      errorMessage: null,
      remoteAddress: '127.0.0.1',
      retryAfterMs: null,
    });
    expect(outcome.responseHeaders).toMatchObject({ 'x-trace': 'abc', 'set-cookie': 'a=1, b=2' });
  });

  it('with an empty body is sent too', async () => {
    const url = await httpReceiver((request, response) => response.end(request.headers['content-length']));
    expect(await openClient().send(post(url, { body: Buffer.alloc(0) }))).toMatchObject({
      responseBody: '0',
    });
  });

  it('records its phases; a kept-alive connection has no DNS and no connect', async () => {
    const url = await httpReceiver((_request, response) => response.end());
    const sender = openClient();
    const named = url.replace('127.0.0.1', 'localhost');
    const before = Date.now();
    const first = await sender.send(post(named));
    expect(first.phases).toEqual({
      dnsMs: aNumber,
      connectMs: aNumber,
      tlsMs: null,
      firstByteMs: aNumber,
    });
    expect(first.startedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(first.durationMs).toBeGreaterThanOrEqual(first.phases.firstByteMs ?? Infinity);
    const second = await sender.send(post(named));
    expect(second.phases).toEqual({
      dnsMs: null,
      connectMs: null,
      tlsMs: null,
      firstByteMs: aNumber,
    });
    expect(second.remoteAddress).toBe('127.0.0.1');
  });

  it('to a literal address has no DNS phase', async () => {
    const url = await httpReceiver((_request, response) => response.end());
    expect((await openClient().send(post(url))).phases).toMatchObject({
      dnsMs: null,
      connectMs: aNumber,
    });
  });

  it('that cannot be put into HTTP is an error of the caller, not an outcome', async () => {
    const url = await httpReceiver((_request, response) => response.end());
    await expect(openClient().send(post(url, { headers: [['X-Bad', 'a\r\nb']] }))).rejects.toThrow(
      'invalid X-Bad header',
    );
    await expect(openClient().send(post('no url'))).rejects.toThrow(TypeError);
  });
});

describe('an answered status', () => {
  it.each([
    [200, null],
    [204, null],
    [299, null],
    [301, 'redirect'],
    [304, 'redirect'],
    [400, 'client_error'],
    [401, 'signature_rejected'],
    [403, 'signature_rejected'],
    [404, 'not_found'],
    [405, 'not_found'],
    [408, 'client_error'],
    [410, 'gone'],
    [413, 'too_large'],
    [429, 'rate_limited'],
    [500, 'server_error'],
    [503, 'server_error'],
    [599, 'server_error'],
    [600, 'invalid_response'],
    [999, 'invalid_response'],
  ])('%i is %s', async (status, errorClass) => {
    const url = await httpReceiver((_request, response) =>
      response.writeHead(status, { Location: '/elsewhere' }).end(),
    );
    const outcome = await openClient().send(post(url));
    expect(outcome).toMatchObject({ responseStatus: status, errorClass });
    expect(outcome.errorMessage === null).toBe(errorClass === null);
  });

  it('a redirect is not followed', async () => {
    const paths: (string | undefined)[] = [];
    const url = await httpReceiver((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { Location: '/next' }).end();
    });
    expect(await openClient().send(post(url))).toMatchObject({
      errorClass: 'redirect',
      errorMessage: 'The receiver answered 302 Found; redirects are not followed.',
    });
    expect(paths).toEqual(['/']);
  });

  it.each([
    [429, '7', 7_000],
    [503, '120', 120_000],
    [503, 'soon', null],
    [500, '7', null],
    [200, '7', null],
  ])('%i with Retry-After %s asks to wait %s ms', async (status, value, retryAfterMs) => {
    const url = await httpReceiver((_request, response) =>
      response.writeHead(status, { 'Retry-After': value }).end(),
    );
    expect(await openClient().send(post(url))).toMatchObject({ retryAfterMs });
  });

  it('an early hint before it does not count', async () => {
    const url = await httpReceiver((_request, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.writeHead(201).end('done');
    });
    expect(await openClient().send(post(url))).toMatchObject({ responseStatus: 201, responseBody: 'done' });
  });
});
