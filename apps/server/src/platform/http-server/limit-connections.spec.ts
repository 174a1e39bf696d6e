import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../testing/app-under-test.js';
import { head, RawConnection } from '../../testing/raw-http.js';
import { limitConnections, maxConnectionsHere } from './limit-connections.js';

const MAX = 4;

let server: Server;
let url: string;
let waiting: ServerResponse[];
let connections: RawConnection[];

beforeEach(() => {
  waiting = [];
  connections = [];
});

/** More than all buffers between two sockets. */
const LARGE = Buffer.alloc(30_000_000);

/**
 * @param graceMs how long a new connection has time to send its request
 * @param unreadMs how long nothing of an answer may be read
 */
async function start(graceMs: number, unreadMs?: number): Promise<void> {
  server = createServer((request, response) => {
    request.resume();
    if (request.url === '/now') response.end('ok');
    else if (request.url === '/large') response.end(LARGE);
    else waiting.push(response);
  });
  limitConnections(server, MAX, { graceMs, ...(unreadMs !== undefined && { unreadMs }) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

afterEach(async () => {
  for (const connection of connections) connection.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** Open and accepted by the server. */
async function open(text: string, localAddress?: string): Promise<RawConnection> {
  const connection = RawConnection.open(url, localAddress);
  connections.push(connection);
  const seen = once(server, 'connection');
  connection.send(text);
  await seen;
  return connection;
}

it('sockets that send nothing, or half a request, are evicted for a sender, the oldest first', async () => {
  await start(0);
  const idle = [
    await open('', '127.0.0.2'),
    await open('GET / HTTP/1.1\r\n', '127.0.0.2'),
    await open(head('POST /', { 'Content-Length': 5 }), '127.0.0.2'),
    await open('', '127.0.0.3'),
  ];
  await eventually(() => waiting.length === 1);
  for (const _ of idle) {
    expect((await (await open(head('GET /now', { Connection: 'close' }))).answer()).status).toBe(200);
  }
  await eventually(() => idle[0]?.isClosed === true);
});

it('of new connections one from the address block with the most is evicted', async () => {
  await start(600_000);
  const few = await open('', '127.0.0.3');
  const many = [await open('', '127.0.0.2'), await open('', '127.0.0.2'), await open('', '127.0.0.2')];
  await open('', '127.0.0.4');
  await eventually(() => many[0]?.isClosed === true);
  expect([few, many[1], many[2]].map((connection) => connection?.isClosed)).toEqual([false, false, false]);
});

it('connections kept alive by senders go last, however many one sender has', async () => {
  await start(600_000);
  const kept: RawConnection[] = [];
  for (let count = 1; count <= 3; count += 1) {
    const connection = await open(head('GET /now'), '127.0.0.2');
    await connection.answer();
    kept.push(connection);
  }
  const idle = await open('', '127.0.0.3');
  const next = await open(head('GET /now'), '127.0.0.2');
  await next.answer();
  await eventually(() => idle.isClosed);
  expect(kept.map(({ isClosed }) => isClosed)).toEqual([false, false, false]);
  await open('', '127.0.0.4');
  await eventually(() => kept[0]?.isClosed === true);
});

it('requests that wait for their answer are left alone; when all do, the new connection is closed', async () => {
  await start(0);
  const busy: RawConnection[] = [];
  for (let count = 1; count <= MAX; count += 1) busy.push(await open(head('GET /')));
  await eventually(() => waiting.length === MAX);
  await (await open('')).closed();
  for (const response of waiting) response.end('ok');
  for (const connection of busy) expect((await connection.answer()).status).toBe(200);
});

describe('when all are at work and answers are not read', () => {
  /** Requests more than fits into any buffer, and reads nothing of it. */
  async function openUnread(localAddress: string): Promise<Socket> {
    const seen = once(server, 'connection') as Promise<[Socket]>;
    const connection = await open(head('GET /large'), localAddress);
    connection.socket.pause();
    const [socket] = await seen;
    await eventually(() => socket.writableLength > 0);
    return socket;
  }

  async function isLetIn(): Promise<boolean> {
    const connection = await open(head('GET /now', { Connection: 'close' }), '127.0.0.4');
    await connection.closed();
    return connection.received.startsWith('HTTP/1.1 200');
  }

  it('one of them is evicted, from the address block with the most', async () => {
    await start(0, 50);
    const few = await openUnread('127.0.0.3');
    const many = [await openUnread('127.0.0.2'), await openUnread('127.0.0.2')];
    await open(head('GET /'), '127.0.0.2');
    await eventually(() => waiting.length === 1);
    await eventually(isLetIn);
    expect(many.filter(({ destroyed }) => destroyed)).toHaveLength(1);
    expect(few.destroyed).toBe(false);
    expect(waiting[0]?.destroyed).toBe(false);
  });

  it('no other is evicted meanwhile', async () => {
    await start(0, 600_000);
    for (let count = 1; count <= MAX; count += 1) await openUnread('127.0.0.2');
    expect(await isLetIn()).toBe(false);
    expect(connections.slice(0, MAX).map(({ isClosed }) => isClosed)).toEqual(Array(MAX).fill(false));
  });
});

it('half of the file descriptors are left to everything else', async () => {
  await start(0);
  expect(maxConnectionsHere()).toBeGreaterThan(0);
  expect(maxConnectionsHere()).toBeLessThanOrEqual(10_000);
});
