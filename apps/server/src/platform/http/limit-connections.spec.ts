import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

/** @param graceMs how long a new connection has time to send its request */
async function start(graceMs: number): Promise<void> {
  server = createServer((request, response) => {
    request.resume();
    if (request.url === '/now') response.end('ok');
    else waiting.push(response);
  });
  limitConnections(server, MAX, graceMs);
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

/** Open and seen by the server. */
async function open(text: string, localAddress?: string): Promise<RawConnection> {
  const connection = RawConnection.open(url, localAddress);
  connections.push(connection);
  const seen = once(server, 'connection');
  connection.send(text);
  await seen;
  return connection;
}

it('sockets that send nothing, or half a request, give way to a sender, the oldest first', async () => {
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

it('of those that just came one from where most come from gives way', async () => {
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

it('half of the file descriptors are left to everything else', async () => {
  await start(0);
  expect(maxConnectionsHere()).toBeGreaterThan(0);
  expect(maxConnectionsHere()).toBeLessThanOrEqual(10_000);
});
