import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  closeAfterEach,
  closed,
  httpReceiver,
  listen,
  openClient,
  post,
  tcpReceiver,
} from '../../testing/local-receiver.js';

const aNumber: unknown = expect.any(Number);

closeAfterEach();

describe('a response body', () => {
  it.each([
    [16_384, false],
    [16_385, true],
    [200_000, true],
  ])('of %i bytes is kept up to the limit', async (bytes, isResponseTruncated) => {
    const url = await httpReceiver((_request, response) => response.end('x'.repeat(bytes)));
    const outcome = await openClient().send(post(url));
    expect(outcome.responseBody).toHaveLength(Math.min(bytes, 16_384));
    expect(outcome).toMatchObject({ errorClass: null, isResponseTruncated });
  });

  it('is not split inside a character', async () => {
    const url = await httpReceiver((_request, response) => response.end(`x${'好'.repeat(10_000)}`));
    const outcome = await openClient().send(post(url));
    expect(outcome.responseBody).toBe(`x${'好'.repeat(5_461)}`);
  });

  it('that is no text is made storable', async () => {
    const url = await httpReceiver((_request, response) =>
      response.end(Buffer.from([0x61, 0x00, 0xff, 0x62])),
    );
    expect(await openClient().send(post(url))).toMatchObject({ responseBody: 'a\uFFFD\uFFFDb' });
  });

  it('without end costs neither memory nor time: the connection is cut', async () => {
    let written = 0;
    let cut: Promise<unknown> | undefined;
    const url = await httpReceiver((_request, response) => {
      cut = closed(response);
      const chunk = Buffer.alloc(65_536, 'x');
      const pour = () => {
        while (!response.destroyed && written < 1e9 && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', pour);
      pour();
    });
    const outcome = await openClient().send(post(url));
    await cut;
    expect(outcome).toMatchObject({ responseStatus: 200, errorClass: null, isResponseTruncated: true });
    expect(written).toBeLessThan(50e6);
  });

  it.each([
    ['hangs', () => undefined],
    [
      'trickles',
      (response: ServerResponse) => {
        const timer = setInterval(() => response.write('.'), 10);
        response.on('close', () => {
          clearInterval(timer);
        });
      },
    ],
  ])('that %s ends at the deadline, and the status counts', async (_name, go) => {
    let cut: Promise<unknown> | undefined;
    const url = await httpReceiver((_request, response) => {
      cut = closed(response);
      response.write('begin');
      go(response);
    });
    const outcome = await openClient().send(post(url, { timeoutMs: 200 }));
    await cut;
    expect(outcome).toMatchObject({ responseStatus: 200, errorClass: null, isResponseTruncated: true });
    expect(outcome.responseBody).toMatch(/^begin/);
  });

  it('that breaks off leaves the status standing', async () => {
    const url = await tcpReceiver((socket) =>
      socket.end('HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nhalf'),
    );
    expect(await openClient().send(post(url))).toMatchObject({
      responseStatus: 500,
      errorClass: 'server_error',
      responseBody: 'half',
      isResponseTruncated: true,
    });
  });

  it('response headers are kept up to a limit', async () => {
    const url = await httpReceiver((_request, response) =>
      response.writeHead(200, { 'X-A': 'a'.repeat(5_000), 'X-B': 'b'.repeat(5_000) }).end(),
    );
    const { responseHeaders } = await openClient().send(post(url));
    expect(JSON.stringify(responseHeaders).length).toBeLessThan(8_400);
    expect(responseHeaders?.['x-a']).toHaveLength(5_000);
  });
});

describe('no proper answer', () => {
  it.each([
    ['not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', 'invalid_response'],
    ['a bad status line', 'HTTP/1.1 abc OK\r\n\r\n', 'invalid_response'],
    [
      'an unrequested upgrade',
      'HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
      'invalid_response',
    ],
    ['endless headers', `HTTP/1.1 200 OK\r\n${'X-Long: 0123456789\r\n'.repeat(5_000)}`, 'invalid_response'],
    ['a NUL in a header', 'HTTP/1.1 200 OK\r\nX-A: a\0b\r\n\r\n', 'invalid_response'],
  ])('%s', async (_name, bytes, errorClass) => {
    const url = await tcpReceiver((socket) => socket.write(bytes));
    expect(await openClient().send(post(url))).toMatchObject({
      errorClass,
      responseStatus: null,
      responseBody: null,
    });
  });

  it('the receiver closes the connection', async () => {
    const url = await tcpReceiver((socket) => socket.end());
    const outcome = await openClient().send(post(url));
    expect(outcome).toMatchObject({ errorClass: 'reset', remoteAddress: '127.0.0.1', responseHeaders: null });
    expect(outcome.errorMessage).toMatch(/^127\.0\.0\.1:\d+ closed the connection without an answer \(/);
  });

  it('the receiver resets the connection', async () => {
    const url = await tcpReceiver((socket) => socket.resetAndDestroy());
    expect(await openClient().send(post(url))).toMatchObject({ errorClass: 'reset' });
  });

  it('a closed port', async () => {
    const server = createTcpServer();
    const url = await listen(server);
    server.close();
    await once(server, 'close');
    const outcome = await openClient().send(post(url));
    expect(outcome).toMatchObject({ errorClass: 'connect_refused', remoteAddress: '127.0.0.1' });
    expect(outcome.phases).toEqual({ dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null });
  });

  it('the receiver takes the request and is silent', async () => {
    const url = await httpReceiver(() => undefined);
    const outcome = await openClient().send(post(url, { timeoutMs: 150 }));
    expect(outcome).toMatchObject({ errorClass: 'response_timeout', phases: { firstByteMs: null } });
    expect(outcome.durationMs).toBeGreaterThanOrEqual(149);
  });

  it('the TLS handshake hangs', async () => {
    const url = await tcpReceiver(() => undefined);
    const outcome = await openClient().send(post(url.replace('http:', 'https:'), { timeoutMs: 150 }));
    expect(outcome).toMatchObject({
      errorClass: 'connect_timeout',
      phases: { connectMs: aNumber, tlsMs: null },
    });
  });
});
