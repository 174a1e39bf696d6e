import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeCertificate } from '../../testing/certificates.js';
import { closeAfterEach, listen, openClient, post } from '../../testing/local-receiver.js';
import type { PreparedRequest } from './http-outcome.js';

closeAfterEach();

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const HOST = 'hooks.example';
const authority = makeCertificate({ commonName: 'Resend Test Authority', isAuthority: true });
const systemAuthorities = getCACertificates('default');
/** The moment before undici writes a request. */
const WRITES = 'undici:client:sendHeaders';
let onWrite: (() => void) | null = null;
const atWrite = () => onWrite?.();

beforeAll(() => {
  setDefaultCACertificates([...systemAuthorities, authority.cert]);
  subscribe(WRITES, atWrite);
});

afterEach(() => {
  onWrite = null;
});

afterAll(() => {
  setDefaultCACertificates(systemAuthorities);
  unsubscribe(WRITES, atWrite);
});

/** Answers each connection's first request, and does with later ones what the test wants. */
async function keepingReceiver(later: (socket: Socket) => void, makeServer = createServer as MakeServer) {
  const state = { sockets: [] as Socket[], chunks: 0 };
  const server = makeServer((socket) => {
    let isFirst = true;
    state.sockets.push(socket);
    socket
      .on('error', () => undefined)
      .on('data', () => {
        state.chunks += 1;
        if (isFirst) socket.write(ANSWER);
        else later(socket);
        isFirst = false;
      });
  });
  return { state, url: await listen(server) };
}

type MakeServer = (onSocket: (socket: Socket) => void) => Server;

/** Composes requests, and counts them. */
function counted(url: string, override: Partial<PreparedRequest> = {}) {
  return vi.fn(() => post(url, override));
}

describe('a request that goes out while the receiver ends its idle connection', () => {
  it.each(['http', 'https'])(
    'is composed and sent once more over %s, over a new connection',
    async (scheme) => {
      const certificate = makeCertificate({ commonName: HOST, dnsName: HOST, issuer: authority });
      const makeServer: MakeServer =
        scheme === 'http' ? createServer : (onSocket) => createTlsServer(certificate, onSocket);
      const { state, url } = await keepingReceiver(() => undefined, makeServer);
      const sender = openClient({
        resolveHost: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      });
      const target = `${scheme}://${HOST}:${new URL(url).port}/`;
      expect(await sender.sendComposed(counted(target))).toMatchObject({ errorClass: null });
      onWrite = () => {
        onWrite = null;
        state.sockets[0]?.destroy();
      };
      const compose = counted(target);
      expect(await sender.sendComposed(compose)).toMatchObject({ errorClass: null, responseBody: 'ok' });
      expect(compose).toHaveBeenCalledTimes(2);
      expect(state.sockets).toHaveLength(2);
    },
  );

  it('is not taken from another idle connection, which may be closed as well', async () => {
    const { state, url } = await keepingReceiver(() => undefined);
    const sender = openClient({ maxConnectionsPerOrigin: 2 });
    await Promise.all([1, 2].map(() => sender.sendComposed(counted(url))));
    onWrite = () => {
      onWrite = null;
      for (const socket of state.sockets) socket.destroy();
    };
    expect(await sender.sendComposed(counted(url))).toMatchObject({ errorClass: null });
    expect(state.sockets).toHaveLength(3);
  });
});

describe('a request that needs a new connection', () => {
  it('gets one also when it has to wait for a connection', async () => {
    const { state, url } = await keepingReceiver(() => undefined);
    const sender = openClient({ maxConnectionsPerOrigin: 1 });
    const outcomes = await Promise.all([
      sender.send(post(url)),
      sender.send(post(url, { isConnectionNew: true })),
      sender.send(post(url, { isConnectionNew: true })),
    ]);
    expect(outcomes.map(({ responseStatus }) => responseStatus)).toEqual([200, 200, 200]);
    expect(state.sockets).toHaveLength(3);
  });
});

describe('a request of which a kept connection took only a part', () => {
  it('is sent once more', async () => {
    const { state, url } = await keepingReceiver((socket) => socket.destroy());
    const sender = openClient();
    await sender.sendComposed(counted(url));
    const compose = counted(url, { body: Buffer.alloc(20_000_000, 'x') });
    expect(await sender.sendComposed(compose)).toMatchObject({ errorClass: null, responseBody: 'ok' });
    expect(compose).toHaveBeenCalledTimes(2);
    expect(state.sockets).toHaveLength(2);
  });
});

describe('a request that may have been read', () => {
  it('over a kept connection that ends afterwards fails, and goes out once', async () => {
    const { state, url } = await keepingReceiver((socket) => socket.destroy());
    const sender = openClient();
    await sender.sendComposed(counted(url));
    const compose = counted(url);
    expect(await sender.sendComposed(compose)).toMatchObject({ errorClass: 'reset' });
    expect(compose).toHaveBeenCalledTimes(1);
    expect(state.chunks).toBe(2);
  });

  it.each([
    ['begins to answer', 'HTTP/1.1 20'],
    ['sends an interim answer', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ])('by a receiver that %s fails, and goes out once', async (_name, bytes) => {
    const { url } = await keepingReceiver((socket) => {
      socket.write(bytes, () => socket.resetAndDestroy());
    });
    const sender = openClient();
    await sender.sendComposed(counted(url));
    const compose = counted(url);
    expect(await sender.sendComposed(compose)).toMatchObject({ errorClass: 'reset' });
    expect(compose).toHaveBeenCalledTimes(1);
  });

  it('over a connection of its own fails, and goes out once', async () => {
    const url = await listen(
      createServer((socket) =>
        socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy()),
      ),
    );
    const compose = counted(url);
    expect(await openClient().sendComposed(compose)).toMatchObject({ errorClass: 'reset' });
    expect(compose).toHaveBeenCalledTimes(1);
  });

  it('fails as well when it was the second and met the same end', async () => {
    const { state, url } = await keepingReceiver(() => undefined);
    const sender = openClient();
    await sender.sendComposed(counted(url));
    onWrite = () => {
      for (const socket of state.sockets) socket.destroy();
    };
    const compose = counted(url);
    expect(await sender.sendComposed(compose)).toMatchObject({ errorClass: 'reset' });
    expect(compose).toHaveBeenCalledTimes(2);
  });
});
