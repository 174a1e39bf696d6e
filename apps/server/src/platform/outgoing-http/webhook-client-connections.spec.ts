import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  closeAfterEach,
  closed,
  httpReceiver,
  listen,
  openClient,
  post,
  tcpReceiver,
} from '../../testing/local-receiver.js';

const aBusyMessage: unknown = expect.stringContaining('busy');

closeAfterEach();

describe('connections', () => {
  /** A receiver that counts its connections and answers when the test lets it. */
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
    const sender = openClient();
    for (let i = 0; i < 50; i += 1)
      expect(await sender.send(post(url))).toMatchObject({ responseBody: 'ok' });
    expect(state.connections).toBe(1);
  });

  it('are kept also after an error answer', async () => {
    let connections = 0;
    const server = createServer((_request, response) => response.writeHead(500).end('no'));
    server.on('connection', () => (connections += 1));
    const url = await listen(server);
    const sender = openClient();
    for (let i = 0; i < 5; i += 1) await sender.send(post(url));
    expect(connections).toBe(1);
  });

  it('never grow beyond the bound; requests wait for one', async () => {
    const { state, url } = await countingReceiver();
    const sender = openClient({ maxConnectionsPerOrigin: 3 });
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => sender.send(post(url))));
    expect(outcomes.every((outcome) => outcome.errorClass === null)).toBe(true);
    expect(state.connections).toBe(3);
    expect(state.peak).toBeLessThanOrEqual(3);
  });

  it('a request that finds none in its time says so, and its successors go on', async () => {
    const { state, url } = await countingReceiver();
    state.isHolding = true;
    const sender = openClient({ maxConnectionsPerOrigin: 1 });
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
    const hanging = await httpReceiver(() => undefined);
    const { url } = await countingReceiver();
    const sender = openClient({ maxConnectionsPerOrigin: 2 });
    const stuck = Array.from({ length: 10 }, () => sender.send(post(hanging, { timeoutMs: 500 })));
    const first = await Promise.race([...stuck, sender.send(post(url))]);
    expect(first).toMatchObject({ errorClass: null });
    for (const outcome of await Promise.all(stuck)) {
      expect(['response_timeout', 'connect_timeout']).toContain(outcome.errorClass);
    }
  });

  it('one that timed out is not used again', async () => {
    const { state, url } = await countingReceiver();
    state.isHolding = true;
    const sender = openClient();
    await sender.send(post(url, { timeoutMs: 100 }));
    state.isHolding = false;
    expect(await sender.send(post(url))).toMatchObject({ errorClass: null });
    expect(state.connections).toBe(2);
  });

  it('one that the receiver closed while idle is replaced without a failure', async () => {
    const { state, server, url } = await countingReceiver();
    const connected = once(server, 'connection') as Promise<[Socket]>;
    const sender = openClient();
    await sender.send(post(url));
    const [socket] = await connected;
    server.closeIdleConnections();
    await once(socket, 'close');
    for (let i = 0; i < 3; i += 1) expect(await sender.send(post(url))).toMatchObject({ errorClass: null });
    expect(state.connections).toBe(2);
  });

  it('one that breaks after the request is written fails it, and never sends it twice', async () => {
    let requests = 0;
    const url = await tcpReceiver((socket) => {
      requests += 1;
      if (requests === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    });
    const sender = openClient();
    expect(await sender.send(post(url))).toMatchObject({ errorClass: null });
    expect(await sender.send(post(url))).toMatchObject({ errorClass: 'reset' });
    expect(requests).toBe(2);
  });

  it('idle ones close by themselves', async () => {
    const { server, url } = await countingReceiver();
    server.keepAliveTimeout = 0; // No Keep-Alive header, which would count for more than the client's own time.
    const gone = new Promise((resolve) => server.on('connection', (socket) => socket.on('close', resolve)));
    const sender = openClient({ keepAliveMs: 50 });
    await sender.send(post(url));
    await gone;
    expect(await sender.send(post(url))).toMatchObject({ errorClass: null });
  });
});

describe('the age of connections', () => {
  /** Puts the clock of connections ahead. */
  function aging(): { pass: (ms: number) => void } {
    let passedMs = 0;
    const now = performance.now.bind(performance);
    const spy = vi.spyOn(performance, 'now').mockImplementation(() => now() + passedMs);
    onTestFinished(() => {
      spy.mockRestore();
    });
    return { pass: (ms) => (passedMs += ms) };
  }

  it('is 25 s at most, however busy they are: then the name is looked up and its address judged again', async () => {
    const clock = aging();
    const { port } = new URL(await httpReceiver((_request, response) => response.end('old')));
    let address = '127.0.0.1';
    const resolveHost = () => Promise.resolve([{ address, family: 4 }]);
    const sender = openClient({ allowedCidrs: ['127.0.0.1/32'], resolveHost });
    const request = post(`http://moving.example:${port}/`);
    expect(await sender.send(request)).toMatchObject({ responseBody: 'old' });
    address = '127.0.0.2';
    clock.pass(15_000);
    expect(await sender.send(request)).toMatchObject({ responseBody: 'old' });
    clock.pass(10_000);
    expect(await sender.send(request)).toMatchObject({ errorClass: 'blocked_address' });
  });

  it('never ends an exchange, and lets those that wait for a connection go on', async () => {
    const clock = aging();
    const held = Promise.withResolvers<ServerResponse>();
    let connections = 0;
    const server = createServer((request, response) => {
      if (request.url === '/held') held.resolve(response);
      else response.end('ok');
    });
    server.on('connection', () => (connections += 1));
    const url = await listen(server);
    const sender = openClient({ maxConnectionsPerOrigin: 1 });
    const first = sender.send(post(`${url}held`));
    const response = await held.promise;
    const second = sender.send(post(url));
    clock.pass(30_000);
    response.end('late');
    expect(await first).toMatchObject({ responseBody: 'late' });
    expect(await second).toMatchObject({ responseBody: 'ok' });
    expect(connections).toBe(2);
  });
});

describe('giving up and closing', () => {
  it('an aborted request rejects with the reason and frees its connection', async () => {
    let cut: Promise<unknown> | undefined;
    const arrived = Promise.withResolvers<undefined>();
    const url = await httpReceiver((_request, response) => {
      cut = closed(response);
      arrived.resolve(undefined);
    });
    const controller = new AbortController();
    const sending = openClient().send(post(url), controller.signal);
    await arrived.promise;
    controller.abort(new Error('shutting down'));
    await expect(sending).rejects.toThrow('shutting down');
    await cut;
    await expect(openClient().send(post(url), controller.signal)).rejects.toThrow('shutting down');
  });

  it('close waits for what is under way and takes nothing new', async () => {
    const held = Promise.withResolvers<ServerResponse>();
    const url = await httpReceiver((_request, response) => {
      held.resolve(response);
    });
    const sender = openClient();
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
    const sender = openClient();
    expect(await sender.send(post(url))).toMatchObject({ errorClass: null });
    await sender.close();
    await gone;
  });
});
