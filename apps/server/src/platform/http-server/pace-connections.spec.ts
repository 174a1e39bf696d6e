import { createServer } from 'node:http';
import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { paceConnections } from './pace-connections.js';

const TEXT = 'GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n';

class Connection extends Duplex {
  answer = '';
  private request: string | null = TEXT;

  override _read(): void {
    this.push(this.request);
    this.request = null;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.answer += chunk.toString();
    done();
  }
}

/** @returns how many requests were served in each iteration of the event loop that served any */
async function serveAtOnce(connections: Connection[]): Promise<number[]> {
  const served: number[] = [];
  let inThisIteration = 0;
  const server = createServer((_request, response) => {
    inThisIteration += 1;
    response.end('ok');
  });
  paceConnections(server);
  for (const connection of connections) server.emit('connection', connection);
  while (connections.some(({ answer, destroyed }) => !destroyed && answer === '')) {
    await new Promise((resolve) => setImmediate(resolve));
    if (inThisIteration > 0) served.push(inThisIteration);
    inThisIteration = 0;
  }
  return served;
}

it('serves connections that arrive together a few per iteration of the event loop', async () => {
  const connections = Array.from({ length: 50 }, () => new Connection({ allowHalfOpen: true }));
  const served = await serveAtOnce(connections);
  expect(connections.every(({ answer }) => answer.startsWith('HTTP/1.1 200'))).toBe(true);
  expect(served.reduce((sum, one) => sum + one, 0)).toBe(50);
  expect(Math.max(...served)).toBeLessThanOrEqual(10);
});

it('skips a connection that was reset while it waited', async () => {
  const [first, reset, last] = [new Connection(), new Connection(), new Connection()];
  const serving = serveAtOnce([first, reset, last]);
  reset.destroy(new Error('read ECONNRESET'));
  await serving;
  expect([first.answer, reset.answer, last.answer].map((answer) => answer.slice(0, 12))).toEqual([
    'HTTP/1.1 200',
    '',
    'HTTP/1.1 200',
  ]);
});
