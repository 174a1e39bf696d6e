/** Sends requests that the HTTP parser refuses before the framework sees them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { head, RawConnection, type RawAnswer } from '../../testing/raw-http.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

async function say(text: string): Promise<RawAnswer> {
  const connection = RawConnection.open(service.url);
  const answer = await connection.send(text).answer();
  await connection.closed();
  return answer;
}

it.each([
  ['headers beyond 16 KiB', head('GET /healthz', { 'X-Long': 'x'.repeat(20_000) }), 431, 'headers_too_large'],
  [
    'many megabytes of headers',
    head('GET /healthz', { 'X-Long': 'x'.repeat(3_000_000) }),
    431,
    'headers_too_large',
  ],
  ['a path beyond 16 KiB', head(`GET /${'x'.repeat(20_000)}`), 431, 'headers_too_large'],
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00', 400, 'malformed_request'],
  ['a header without a name', 'GET /healthz HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n', 400, 'malformed_request'],
  ['a control character in a header', head('GET /healthz', { 'X-A': 'a\0b' }), 400, 'malformed_request'],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    400,
    'malformed_request',
  ],
  [
    'a length and chunks',
    head('POST /', { 'Content-Length': 3, 'Transfer-Encoding': 'chunked' }),
    400,
    'malformed_request',
  ],
  ['a method of no path', head('NONSENSE *'), 400, 'malformed_request'],
])('%s: a problem document with its request id', async (_, text, status, code) => {
  const answer = await say(text);
  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    connection: 'close',
    'x-request-id': expect.stringMatching(/^[\w-]{36}$/) as string,
  });
  expect(answer.body).toEqual({
    type: `urn:im-callback:problem:${code}`,
    title: expect.any(String) as string,
    status,
    detail: expect.any(String) as string,
    code,
    requestId: answer.headers['x-request-id'],
  });
});

it.each([
  ['two Host headers', 'GET /healthz HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n'],
  ['twice the same Host', 'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n'],
  ['no Host in HTTP/1.1', 'GET /healthz HTTP/1.1\r\n\r\n'],
])('%s: 400', async (_, text) => {
  const connection = RawConnection.open(service.url).send(text);
  const answer = await connection.answer();
  expect(answer).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
  expect(answer.headers['x-request-id']).toBeDefined();
  connection.close();
});

it('HTTP/1.0 needs no Host', async () => {
  expect((await say('GET /healthz HTTP/1.0\r\n\r\n')).status).toBe(200);
});

it('a broken body is refused while its request waits, and nothing is answered twice', async () => {
  const connection = RawConnection.open(service.url).send(
    `${head('POST /api/v1/auth/login', { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' })}zz\r\n`,
  );
  const answer = await connection.answer();
  expect(answer).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
  await connection.closed();
  expect(connection.received.match(/HTTP\/1\.1 /g)).toHaveLength(1);
});

it('a connection on which nothing moves for a minute is ended, also in the middle of an answer', () => {
  const { timeout } = service.app.getHttpServer();
  expect(timeout).toBeGreaterThan(60_000);
  expect(timeout).toBeLessThan(90_000);
});
