/** Receivers that are within their rights in HTTP, and look odd: what they took is delivered, once. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: Server;
/** Each request as it came, whole. */
let requests: string[];
let sockets: Set<Socket>;
let answer = '';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const onlyOnce = { retryPolicy: { maxAttempts: 1 } };

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  app = await service.addApp();
  requests = [];
  sockets = new Set();
  receiver = createServer((socket) => {
    sockets.add(socket);
    let received = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
      if (received.length < received.indexOf('\r\n\r\n') + 4 + length) return;
      requests.push(received);
      received = '';
      socket.write(answer, 'latin1');
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  receiver.close();
});

afterAll(async () => {
  await service.stop();
});

const url = () => `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/callback`;
const nonceOf = (request: string | undefined) => /x-app-nonce: (\w+)/i.exec(request ?? '')?.[1];

describe('an event is delivered, and sent once', () => {
  it.each([
    ['sends a 100 Continue that nothing asked for', `HTTP/1.1 100 Continue\r\n\r\n${OK}`],
    ['says its length twice', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok'],
    ['writes a tab after its length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\t\r\n\r\nok'],
    [
      'sends chunks and a length',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
    ],
    ['sends 20 KB of headers', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}\r\nContent-Length: 2\r\n\r\nok`],
  ])('to a receiver that %s', async (_name, bytes) => {
    answer = bytes;
    await app.addWebhook(url(), onlyOnce);
    expect(await app.deliver()).toMatchObject({
      status: 'success',
      attempts: 1,
      responseStatus: 200,
      attemptLog: [{ responseBody: 'ok', errorClass: null }],
    });
    expect(requests).toHaveLength(1);
  });
});

it('an unreadable answer is recorded as such, with its status', async () => {
  answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok';
  await app.addWebhook(url(), onlyOnce);
  const delivery = await app.deliver();
  expect(delivery).toMatchObject({ status: 'failed', errorClass: 'invalid_response' });
  const [attempt] = delivery.attemptLog;
  expect(attempt?.errorMessage).toContain(
    'answered “HTTP/1.1 200”, but its Content-Length contradicts itself',
  );
  expect(attempt?.diagnosis?.cause.en).toContain('HTTP/1.1 200');
});

it('an event that met the end of an idle connection goes out again at once, signed again, in the same attempt', async () => {
  answer = OK;
  await app.addWebhook(url(), onlyOnce);
  await app.deliver();
  const endIdle = () => {
    for (const socket of sockets) socket.destroy();
    unsubscribe('undici:client:sendHeaders', endIdle);
  };
  const nonces = new Set<string>();
  const noteNonce = (message: unknown) => {
    nonces.add(nonceOf((message as { headers: string }).headers) ?? '');
  };
  subscribe('undici:client:sendHeaders', noteNonce);
  subscribe('undici:client:sendHeaders', endIdle);
  const delivery = await app.deliver();
  unsubscribe('undici:client:sendHeaders', noteNonce);
  expect(delivery).toMatchObject({ status: 'success', attempts: 1 });
  expect(delivery.attemptLog).toHaveLength(1);
  expect(requests).toHaveLength(2);
  expect(nonces.size).toBe(2);
  expect(delivery.attemptLog[0]?.requestHeaders).toMatchObject({ 'X-App-Nonce': nonceOf(requests[1]) });
});
