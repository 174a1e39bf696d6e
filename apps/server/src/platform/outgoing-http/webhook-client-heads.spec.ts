import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { closeAfterEach, openClient, post, tcpReceiver } from '../../testing/local-receiver.js';

closeAfterEach();

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const HINT = 'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n';

/** Answers each request with these bytes and keeps the connection. */
async function answering(bytes: string) {
  const state = { requests: 0, connections: new Set<Socket>() };
  const url = await tcpReceiver((socket) => {
    state.requests += 1;
    state.connections.add(socket);
    socket.write(bytes, 'latin1');
  });
  return { state, url };
}

const head = (...lines: string[]) => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n');

describe('an interim answer', () => {
  it.each([
    ['100', CONTINUE + OK],
    ['several of 100', CONTINUE.repeat(3) + OK],
    ['100 with headers', `HTTP/1.1 100 Continue\r\nServer: IIS\r\nContent-Length: 0\r\n\r\n${OK}`],
    ['100 without a reason', `HTTP/1.1 100\r\n\r\n${OK}`],
    ['100, 102 and 103', `${CONTINUE}HTTP/1.1 102 Processing\r\n\r\n${HINT}${OK}`],
    ['103 and 100', HINT + CONTINUE + OK],
    ['100 of HTTP/1.0', `HTTP/1.0 100 Continue\r\n\r\n${OK}`],
  ])('%s does not count, and the connection is kept', async (_name, bytes) => {
    const { state, url } = await answering(bytes);
    const sender = openClient();
    for (let count = 1; count <= 3; count += 1) {
      expect(await sender.send(post(url))).toMatchObject({
        errorClass: null,
        responseStatus: 200,
        responseBody: 'ok',
        responseHeaders: { 'content-length': '2' },
      });
      expect(state).toMatchObject({ requests: count });
    }
    expect(state.connections.size).toBe(1);
  });

  it('does not count however its bytes are split', async () => {
    const bytes = CONTINUE + HINT + OK;
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const url = await tcpReceiver((socket) => {
        socket.setNoDelay(true).write(bytes.slice(0, cut));
        setImmediate(() => socket.write(bytes.slice(cut)));
      });
      expect(await openClient().send(post(url)), `cut at ${String(cut)}`).toMatchObject({
        responseStatus: 200,
        responseBody: 'ok',
      });
    }
  });

  it('does not count when it comes byte by byte', async () => {
    const url = await tcpReceiver((socket) => {
      socket.setNoDelay(true);
      let rest = `HTTP/1.1 100 Continue\r\nServer: IIS\r\nX-Node: a\r\n\r\n${HINT}${OK}`;
      const next = () => {
        socket.write(rest.slice(0, 1));
        rest = rest.slice(1);
        if (rest !== '') setImmediate(next);
      };
      next();
    });
    expect(await openClient().send(post(url))).toMatchObject({ responseStatus: 200, responseBody: 'ok' });
  });

  it('before a refusal leaves the refusal standing', async () => {
    const { url } = await answering(
      `${CONTINUE}HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n`,
    );
    expect(await openClient().send(post(url))).toMatchObject({ responseStatus: 503, retryAfterMs: 7_000 });
  });

  it('that nothing follows ends at the deadline', async () => {
    const { url } = await answering(CONTINUE);
    expect(await openClient().send(post(url, { timeoutMs: 150 }))).toMatchObject({
      errorClass: 'response_timeout',
      responseStatus: null,
    });
  });

  it('again and again without an end is no answer', async () => {
    const { url } = await answering(CONTINUE.repeat(10_000));
    expect(await openClient().send(post(url))).toMatchObject({
      errorClass: 'invalid_response',
      responseStatus: null,
    });
  });

  it('in a body is part of the body', async () => {
    const text = `${CONTINUE}Content-Length: 1\r\nContent-Length: 1\r\n`;
    const { url } = await answering(`${head(`Content-Length: ${String(text.length)}`)}${text}`);
    const sender = openClient();
    for (let count = 0; count < 2; count += 1)
      expect(await sender.send(post(url))).toMatchObject({ responseBody: text });
  });

  it('on an idle connection, which nothing asked for, ends the connection and no request', async () => {
    const { state, url } = await answering(OK + CONTINUE);
    const sender = openClient();
    for (let count = 0; count < 3; count += 1)
      expect(await sender.send(post(url))).toMatchObject({ errorClass: null, responseBody: 'ok' });
    expect(state.requests).toBe(3);
  });
});

describe('an answer whose head is odd and clear', () => {
  const chunked = '2\r\nok\r\n0\r\n\r\n';

  it.each([
    ['its length twice', `${head('Content-Length: 2', 'content-length: 2')}ok`, '2, 2'],
    ['its length in a list', `${head('Content-Length: 2, 2')}ok`, '2, 2'],
    ['a tab after its length', `${head('Content-Length: 2\t')}ok`, '2'],
    ['a blank after its length', `${head('Content-Length: 2 ')}ok`, '2'],
    ['both around its length', `${head('Content-Length: \t 2 \t')}ok`, '2'],
    ['a tab after its coding', `${head('Transfer-Encoding: chunked\t')}${chunked}`, undefined],
    ['length, then chunks', `${head('Content-Length: 2', 'Transfer-Encoding: chunked')}${chunked}`, '2'],
    ['chunks, then length', `${head('Transfer-Encoding: Chunked', 'Content-Length: 9')}${chunked}`, '9'],
    ['length and no coding', `${head('Content-Length: 2', 'Transfer-Encoding: identity')}ok`, '2'],
    ['no coding and length', `${head('Transfer-Encoding: Identity', 'Content-Length: 2')}ok`, '2'],
    ['20 KB of headers', `${head('Content-Length: 2', `X-Long: ${'a'.repeat(20_000)}`)}ok`, '2'],
    [
      '60 KB of headers',
      `${head(...Array<string>(60).fill(`X-Long: ${'a'.repeat(1_000)}`), 'Content-Length: 2')}ok`,
      undefined,
    ],
  ])('with %s is the answer it is', async (_name, bytes, length) => {
    const { state, url } = await answering(bytes);
    const sender = openClient();
    for (let count = 1; count <= 3; count += 1) {
      const outcome = await sender.send(post(url, { timeoutMs: 60_000 }));
      expect(outcome).toMatchObject({ errorClass: null, responseStatus: 200, responseBody: 'ok' });
      expect(outcome.responseHeaders?.['content-length']).toBe(length);
      expect(state.requests).toBe(count);
    }
  });

  it('with length and chunks ends its connection: where the next answer begins is not sure', async () => {
    const { state, url } = await answering(
      `${head('Content-Length: 2', 'Transfer-Encoding: chunked')}${chunked}`,
    );
    const sender = openClient();
    for (let count = 0; count < 2; count += 1) await sender.send(post(url));
    expect(state.connections.size).toBe(2);
  });
});

describe('an answer whose head cannot be read', () => {
  it.each([
    ['two lengths', `${head('Content-Length: 2', 'Content-Length: 3')}ok`],
    ['a length that is none', `${head('Content-Length: two')}ok`],
    ['a signed length', `${head('Content-Length: +2')}ok`],
    ['an empty length', `${head('Content-Length: ')}ok`],
    ['a line that is no header', `${head('what is this', 'Content-Length: 2')}ok`],
    ['line ends of its own', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok'],
  ])('for %s is invalid, and its status is named', async (_name, bytes) => {
    const { url } = await answering(bytes);
    const outcome = await openClient().send(post(url));
    expect(outcome).toMatchObject({ errorClass: 'invalid_response', responseStatus: null });
    expect(outcome.errorMessage).toContain('answered “HTTP/1.1 200”, but ');
    expect(outcome.evidence).toMatchObject({ phase: 'response', answered: 'HTTP/1.1 200' });
  });

  it('for the length of its headers says so', async () => {
    const { url } = await answering(head(`X-Long: ${'a'.repeat(100_000)}`, 'Content-Length: 0'));
    const outcome = await openClient().send(post(url));
    expect(outcome).toMatchObject({ errorClass: 'invalid_response', responseStatus: null });
    expect(outcome.errorMessage).toMatch(
      /answered “HTTP\/1\.1 200”, but its headers are longer than 64 KB\.$/,
    );
  });

  it('that is incomplete is reported as incomplete, not as none', async () => {
    const url = await tcpReceiver((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le'));
    const outcome = await openClient().send(post(url));
    expect(outcome).toMatchObject({ errorClass: 'reset', responseStatus: null });
    expect(outcome.errorMessage).toContain('in the middle of its answer');
  });

  it.each<[string, string, string | null]>([
    ['HTTP/2', '\0\0\u0012\u0004\0\0\0\0\0\0\u0003\0\0\0d', 'HTTP/2'],
    ['TLS', '\u0015\u0003\u0001\0\u0002\u0002F', 'TLS'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.9\r\n', null],
  ])('because it is %s says what was answered', async (_name, bytes, answered) => {
    const { url } = await answering(bytes);
    const outcome = await openClient().send(post(url));
    expect(outcome.errorClass).toBe('invalid_response');
    expect(outcome.evidence).toMatchObject({ answered });
  });
});
