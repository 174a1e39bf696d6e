import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { PreparedRequest } from './http-outcome.js';
import { WebhookClient, type WebhookClientOptions } from './webhook-client.js';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const aNumber: unknown = expect.any(Number);
const aBusyMessage: unknown = expect.stringContaining('busy');
const cleanups: (() => Promise<unknown> | undefined)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function client(options: WebhookClientOptions = {}): WebhookClient {
  const created = new WebhookClient({ allowedCidrs: LOOPBACK, ...options });
  cleanups.push(() => created.close());
  return created;
}

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

const http = (handler: RequestListener) => listen(createServer(handler));

/** A receiver that speaks bytes: it answers every chunk it gets with the same ones. */
const tcp = (answer: (socket: Socket) => void) =>
  listen(
    createTcpServer((socket) =>
      socket.on('data', () => {
        answer(socket);
      }),
    ),
  );

const post = (url: string, override: Partial<PreparedRequest> = {}): PreparedRequest => ({
  url,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from('{"a":1}'),
  timeoutMs: 5_000,
  ...override,
});

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Resolves when the receiver sees its connection end. */
function closed(response: ServerResponse): Promise<unknown> {
  return once(response, 'close');
}

describe('a request', () => {
  it('arrives as prepared, and its answer comes back', async () => {
    let seen: { method?: string; url?: string; rawHeaders: string[]; body: Buffer } | undefined;
    const url = await http((request, response) => {
      void bodyOf(request).then((body) => {
        seen = { method: request.method!, url: request.url!, rawHeaders: request.rawHeaders, body };
        response.writeHead(202, { 'X-Trace': 'abc', 'Set-Cookie': ['a=1', 'b=2'] }).end('收到 ✓');
      });
    });
    const body = Buffer.from('{"text":"你好 👋","raw":"\u00ff"}');
    const outcome = await client().send(
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
    const url = await http((request, response) => response.end(request.headers['content-length']));
    expect(await client().send(post(url, { body: Buffer.alloc(0) }))).toMatchObject({ responseBody: '0' });
  });

  it('tells its phases; a kept-alive connection has no DNS and no connect', async () => {
    const url = await http((_request, response) => response.end());
    const sender = client();
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
    const url = await http((_request, response) => response.end());
    expect((await client().send(post(url))).phases).toMatchObject({
      dnsMs: null,
      connectMs: aNumber,
    });
  });

  it('that cannot be put into HTTP is an error of the caller, not an outcome', async () => {
    const url = await http((_request, response) => response.end());
    await expect(client().send(post(url, { headers: [['X-Bad', 'a\r\nb']] }))).rejects.toThrow(
      'invalid X-Bad header',
    );
    await expect(client().send(post('no url'))).rejects.toThrow(TypeError);
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
    const url = await http((_request, response) =>
      response.writeHead(status, { Location: '/elsewhere' }).end(),
    );
    const outcome = await client().send(post(url));
    expect(outcome).toMatchObject({ responseStatus: status, errorClass });
    expect(outcome.errorMessage === null).toBe(errorClass === null);
  });

  it('a redirect is not followed', async () => {
    const paths: (string | undefined)[] = [];
    const url = await http((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { Location: '/next' }).end();
    });
    expect(await client().send(post(url))).toMatchObject({
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
    const url = await http((_request, response) =>
      response.writeHead(status, { 'Retry-After': value }).end(),
    );
    expect(await client().send(post(url))).toMatchObject({ retryAfterMs });
  });

  it('an early hint before it does not count', async () => {
    const url = await http((_request, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.writeHead(201).end('done');
    });
    expect(await client().send(post(url))).toMatchObject({ responseStatus: 201, responseBody: 'done' });
  });
});

describe('a response body', () => {
  it.each([
    [16_384, false],
    [16_385, true],
    [200_000, true],
  ])('of %i bytes is kept up to the limit', async (bytes, isResponseTruncated) => {
    const url = await http((_request, response) => response.end('x'.repeat(bytes)));
    const outcome = await client().send(post(url));
    expect(outcome.responseBody).toHaveLength(Math.min(bytes, 16_384));
    expect(outcome).toMatchObject({ errorClass: null, isResponseTruncated });
  });

  it('is not split inside a character', async () => {
    const url = await http((_request, response) => response.end(`x${'好'.repeat(10_000)}`));
    const outcome = await client().send(post(url));
    expect(outcome.responseBody).toBe(`x${'好'.repeat(5_461)}`);
  });

  it('that is no text is made storable', async () => {
    const url = await http((_request, response) => response.end(Buffer.from([0x61, 0x00, 0xff, 0x62])));
    expect(await client().send(post(url))).toMatchObject({ responseBody: 'a\uFFFD\uFFFDb' });
  });

  it('without end costs neither memory nor time: the connection is cut', async () => {
    let written = 0;
    let cut: Promise<unknown> | undefined;
    const url = await http((_request, response) => {
      cut = closed(response);
      const chunk = Buffer.alloc(65_536, 'x');
      const pour = () => {
        while (!response.destroyed && written < 1e9 && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', pour);
      pour();
    });
    const outcome = await client().send(post(url));
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
    const url = await http((_request, response) => {
      cut = closed(response);
      response.write('begin');
      go(response);
    });
    const outcome = await client().send(post(url, { timeoutMs: 200 }));
    await cut;
    expect(outcome).toMatchObject({ responseStatus: 200, errorClass: null, isResponseTruncated: true });
    expect(outcome.responseBody).toMatch(/^begin/);
    expect(outcome.durationMs).toBeLessThan(1_000);
  });

  it('that breaks off leaves the status standing', async () => {
    const url = await tcp((socket) => socket.end('HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nhalf'));
    expect(await client().send(post(url))).toMatchObject({
      responseStatus: 500,
      errorClass: 'server_error',
      responseBody: 'half',
      isResponseTruncated: true,
    });
  });

  it('response headers are kept up to a limit', async () => {
    const url = await http((_request, response) =>
      response.writeHead(200, { 'X-A': 'a'.repeat(5_000), 'X-B': 'b'.repeat(5_000) }).end(),
    );
    const { responseHeaders } = await client().send(post(url));
    expect(JSON.stringify(responseHeaders).length).toBeLessThan(8_400);
    expect(responseHeaders?.['x-a']).toHaveLength(5_000);
  });
});

describe('no proper answer', () => {
  it.each([
    ['not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', 'invalid_response'],
    ['a bad status line', 'HTTP/1.1 abc OK\r\n\r\n', 'invalid_response'],
    [
      'an upgrade nobody asked for',
      'HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
      'invalid_response',
    ],
    ['endless headers', `HTTP/1.1 200 OK\r\n${'X-Long: 0123456789\r\n'.repeat(5_000)}`, 'invalid_response'],
    ['a NUL in a header', 'HTTP/1.1 200 OK\r\nX-A: a\0b\r\n\r\n', 'invalid_response'],
  ])('%s', async (_name, bytes, errorClass) => {
    const url = await tcp((socket) => socket.write(bytes));
    expect(await client().send(post(url))).toMatchObject({
      errorClass,
      responseStatus: null,
      responseBody: null,
    });
  });

  it('the receiver closes the connection', async () => {
    const url = await tcp((socket) => socket.end());
    const outcome = await client().send(post(url));
    expect(outcome).toMatchObject({ errorClass: 'reset', remoteAddress: '127.0.0.1', responseHeaders: null });
    expect(outcome.errorMessage).toMatch(/^127\.0\.0\.1:\d+ closed the connection without an answer \(/);
  });

  it('the receiver resets the connection', async () => {
    const url = await tcp((socket) => socket.resetAndDestroy());
    expect(await client().send(post(url))).toMatchObject({ errorClass: 'reset' });
  });

  it('nobody listens', async () => {
    const server = createTcpServer();
    const url = await listen(server);
    server.close();
    await once(server, 'close');
    const outcome = await client().send(post(url));
    expect(outcome).toMatchObject({ errorClass: 'connect_refused', remoteAddress: '127.0.0.1' });
    expect(outcome.phases).toEqual({ dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null });
  });

  it('the receiver takes the request and is silent', async () => {
    const url = await http(() => undefined);
    const outcome = await client().send(post(url, { timeoutMs: 150 }));
    expect(outcome).toMatchObject({ errorClass: 'response_timeout', phases: { firstByteMs: null } });
    expect(outcome.durationMs).toBeGreaterThanOrEqual(149);
    expect(outcome.durationMs).toBeLessThan(1_000);
  });

  it('the TLS handshake hangs', async () => {
    const url = await tcp(() => undefined);
    const outcome = await client().send(post(url.replace('http:', 'https:'), { timeoutMs: 150 }));
    expect(outcome).toMatchObject({
      errorClass: 'connect_timeout',
      phases: { connectMs: aNumber, tlsMs: null },
    });
  });
});

describe('names', () => {
  const to = (...addresses: string[]): LookupAddress[] =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  it('a name that does not exist', async () => {
    const sender = client({
      resolveHost: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
    });
    expect(await sender.send(post('http://nowhere.example/'))).toMatchObject({
      errorClass: 'dns',
      errorMessage: 'The host name nowhere.example could not be resolved (ENOTFOUND).',
      remoteAddress: null,
    });
  });

  it('a name without addresses', async () => {
    const sender = client({ resolveHost: () => Promise.resolve([]) });
    expect(await sender.send(post('http://empty.example/'))).toMatchObject({ errorClass: 'dns' });
  });

  it('a resolver that hangs', async () => {
    const sender = client({ resolveHost: () => new Promise(() => undefined) });
    expect(await sender.send(post('http://slow.example/', { timeoutMs: 100 }))).toMatchObject({
      errorClass: 'dns',
    });
  });

  it('is asked for once by all who need it at the same time', async () => {
    const url = new URL(await http((_request, response) => response.end()));
    let lookups = 0;
    const sender = client({
      resolveHost: () => {
        lookups += 1;
        return Promise.resolve(to('127.0.0.1'));
      },
    });
    await Promise.all([1, 2, 3].map(() => sender.send(post(`http://hooks.example:${url.port}/`))));
    expect(lookups).toBe(1);
  });

  it('the next address is tried when one refuses', async () => {
    const url = new URL(await http((_request, response) => response.end('ok')));
    const sender = client({ resolveHost: () => Promise.resolve(to('::1', '127.0.0.1')) });
    expect(await sender.send(post(`http://hooks.example:${url.port}/`))).toMatchObject({
      errorClass: null,
      remoteAddress: '127.0.0.1',
    });
  });

  it.each([
    [
      'http://hooks.example',
      ['127.0.0.1'],
      'hooks.example resolves to an address that webhooks may not reach (loopback 127.0.0.0/8).',
    ],
    [
      'http://hooks.example',
      ['93.184.215.14', '10.0.0.1'],
      'hooks.example resolves to an address that webhooks may not reach (private 10.0.0.0/8).',
    ],
    [
      'http://hooks.example',
      ['::ffff:127.0.0.1'],
      'hooks.example resolves to an address that webhooks may not reach (IPv4-mapped loopback 127.0.0.0/8).',
    ],
    ['http://127.0.0.1', [], '127.0.0.1 is an address that webhooks may not reach (loopback 127.0.0.0/8).'],
    ['http://2130706433', [], '127.0.0.1 is an address that webhooks may not reach (loopback 127.0.0.0/8).'],
    [
      'http://[::ffff:127.0.0.1]',
      [],
      '::ffff:7f00:1 is an address that webhooks may not reach (IPv4-mapped loopback 127.0.0.0/8).',
    ],
  ])('%s at %j is refused before a byte is sent', async (host, addresses, errorMessage) => {
    let connections = 0;
    const server = createTcpServer(() => (connections += 1));
    const { port } = new URL(await listen(server));
    const sender = client({ allowedCidrs: [], resolveHost: () => Promise.resolve(to(...addresses)) });
    expect(await sender.send(post(`${host}:${port}/`))).toMatchObject({
      errorClass: 'blocked_address',
      errorMessage,
      remoteAddress: null,
    });
    expect(connections).toBe(0);
  });

  it('a name that turns to a guarded address between two connections is refused at the second', async () => {
    const url = new URL(await http((_request, response) => response.setHeader('Connection', 'close').end()));
    let address = '127.0.0.1';
    const sender = client({
      allowedCidrs: ['127.0.0.1/32'],
      resolveHost: () => Promise.resolve(to(address)),
    });
    const request = post(`http://rebind.example:${url.port}/`);
    expect(await sender.send(request)).toMatchObject({ errorClass: null });
    address = '127.0.0.2';
    expect(await sender.send(request)).toMatchObject({ errorClass: 'blocked_address' });
  });
});

describe('connections', () => {
  /** A receiver that counts its connections and answers when told to. */
  async function countingReceiver() {
    const state = { connections: 0, active: 0, peak: 0, held: [] as ServerResponse[], isHolding: false };
    const server = createServer((_request, response) => {
      state.active += 1;
      state.peak = Math.max(state.peak, state.active);
      response.on('close', () => (state.active -= 1));
      if (state.isHolding) state.held.push(response);
      else response.end('ok');
    });
    server.on('connection', () => (state.connections += 1));
    return { state, server, url: await listen(server) };
  }

  it('one is enough for requests one after the other', async () => {
    const { state, url } = await countingReceiver();
    const sender = client();
    for (let i = 0; i < 50; i += 1)
      expect(await sender.send(post(url))).toMatchObject({ responseBody: 'ok' });
    expect(state.connections).toBe(1);
  });

  it('are kept also after an error answer', async () => {
    let connections = 0;
    const server = createServer((_request, response) => response.writeHead(500).end('no'));
    server.on('connection', () => (connections += 1));
    const url = await listen(server);
    const sender = client();
    for (let i = 0; i < 5; i += 1) await sender.send(post(url));
    expect(connections).toBe(1);
  });

  it('never grow beyond the bound; requests wait for their turn', async () => {
    const { state, url } = await countingReceiver();
    const sender = client({ maxConnectionsPerOrigin: 3 });
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => sender.send(post(url))));
    expect(outcomes.every((outcome) => outcome.errorClass === null)).toBe(true);
    expect(state.connections).toBe(3);
    expect(state.peak).toBeLessThanOrEqual(3);
  });

  it('a request that finds none in its time says so, and its successors go on', async () => {
    const { state, url } = await countingReceiver();
    state.isHolding = true;
    const sender = client({ maxConnectionsPerOrigin: 1 });
    const first = sender.send(post(url));
    const second = await sender.send(post(url, { timeoutMs: 100 }));
    expect(second).toMatchObject({
      errorClass: 'connect_timeout',
      errorMessage: aBusyMessage,
    });
    const third = sender.send(post(url));
    state.isHolding = false;
    for (const response of state.held.splice(0)) response.end('late');
    expect(await first).toMatchObject({ responseBody: 'late' });
    expect(await third).toMatchObject({ responseBody: 'ok' });
    expect(state.connections).toBe(1);
  });

  it('a hanging receiver takes nothing from another', async () => {
    const hanging = await http(() => undefined);
    const { url } = await countingReceiver();
    const sender = client({ maxConnectionsPerOrigin: 2 });
    const stuck = Array.from({ length: 10 }, () => sender.send(post(hanging, { timeoutMs: 500 })));
    const first = await Promise.race([...stuck, sender.send(post(url))]);
    expect(first).toMatchObject({ errorClass: null });
    for (const outcome of await Promise.all(stuck)) {
      expect(['response_timeout', 'connect_timeout']).toContain(outcome.errorClass);
      expect(outcome.durationMs).toBeLessThan(2_000);
    }
  });

  it('one that timed out is not used again', async () => {
    const { state, url } = await countingReceiver();
    state.isHolding = true;
    const sender = client();
    await sender.send(post(url, { timeoutMs: 100 }));
    state.isHolding = false;
    expect(await sender.send(post(url))).toMatchObject({ errorClass: null });
    expect(state.connections).toBe(2);
  });

  it('one that the receiver closed while idle is replaced without a failure', async () => {
    const { state, server, url } = await countingReceiver();
    const connected = once(server, 'connection') as Promise<[Socket]>;
    const sender = client();
    await sender.send(post(url));
    const [socket] = await connected;
    server.closeIdleConnections();
    await once(socket, 'close');
    for (let i = 0; i < 3; i += 1) expect(await sender.send(post(url))).toMatchObject({ errorClass: null });
    expect(state.connections).toBe(2);
  });

  it('one that breaks after the request is written fails it, and never sends it twice', async () => {
    let requests = 0;
    const url = await tcp((socket) => {
      requests += 1;
      if (requests === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    });
    const sender = client();
    expect(await sender.send(post(url))).toMatchObject({ errorClass: null });
    expect(await sender.send(post(url))).toMatchObject({ errorClass: 'reset' });
    expect(requests).toBe(2);
  });

  it('idle ones close by themselves', async () => {
    const { server, url } = await countingReceiver();
    server.keepAliveTimeout = 0; // No Keep-Alive header, which would count for more than the client's own time.
    const gone = new Promise((resolve) => server.on('connection', (socket) => socket.on('close', resolve)));
    const sender = client({ keepAliveMs: 50 });
    await sender.send(post(url));
    await gone;
    expect(await sender.send(post(url))).toMatchObject({ errorClass: null });
  });
});

describe('giving up and closing', () => {
  it('an aborted request rejects with the reason and frees its connection', async () => {
    let cut: Promise<unknown> | undefined;
    const arrived = Promise.withResolvers<undefined>();
    const url = await http((_request, response) => {
      cut = closed(response);
      arrived.resolve(undefined);
    });
    const controller = new AbortController();
    const sending = client().send(post(url), controller.signal);
    await arrived.promise;
    controller.abort(new Error('shutting down'));
    await expect(sending).rejects.toThrow('shutting down');
    await cut;
    await expect(client().send(post(url), controller.signal)).rejects.toThrow('shutting down');
  });

  it('close waits for what is under way and takes nothing new', async () => {
    const held = Promise.withResolvers<ServerResponse>();
    const url = await http((_request, response) => {
      held.resolve(response);
    });
    const sender = client();
    const sending = sender.send(post(url));
    const response = await held.promise;
    const closing = sender.close();
    await expect(sender.send(post(url))).rejects.toThrow('closed');
    response.end('done');
    expect(await sending).toMatchObject({ responseBody: 'done' });
    await closing;
    await sender.close();
  });

  it('close ends idle connections', async () => {
    const server = createServer((_request, response) => response.end());
    const gone = new Promise((resolve) => server.on('connection', (socket) => socket.on('close', resolve)));
    const url = await listen(server);
    const sender = client();
    expect(await sender.send(post(url))).toMatchObject({ errorClass: null });
    await sender.close();
    await gone;
  });
});
