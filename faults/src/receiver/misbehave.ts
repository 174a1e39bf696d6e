/** Implements the faults of a receiver. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Behaviour } from './receiver-commands.js';

const TRICKLE_EVERY_MS = 100;
const HUGE_BYTES = 2 ** 30;
const CHUNK = Buffer.alloc(65_536, 'x');

/**
 * Answers, or does not.
 *
 * @param accept called before a 2xx goes out
 */
export function answer(behaviour: Behaviour, response: ServerResponse, accept: () => void): void {
  const { socket } = response;
  switch (behaviour) {
    case 'ok':
      accept();
      response.writeHead(200, { 'Content-Length': 2 }).end('ok');
      return;
    case 'flap':
      answer(Math.random() < 0.5 ? 'ok' : 'status-500', response, accept);
      return;
    case 'hang':
      return;
    case 'reset':
      socket?.resetAndDestroy();
      return;
    case 'garbage':
      socket?.end(randomBytes(300));
      return;
    case 'trickle':
      accept();
      response.writeHead(200);
      void trickle(response);
      return;
    case 'huge':
      accept();
      response.writeHead(200, { 'Content-Length': HUGE_BYTES });
      void pour(response);
      return;
    case 'status-500':
      response.writeHead(500, { 'Content-Length': 0 }).end();
      return;
    case 'status-503':
      response.writeHead(503, { 'Content-Length': 0, 'Retry-After': '1' }).end();
      return;
  }
}

async function trickle(response: ServerResponse): Promise<void> {
  while (!response.destroyed) {
    response.write('.');
    await delay(TRICKLE_EVERY_MS);
  }
}

/** As fast as the peer reads, which aborts it at its limit. */
async function pour(response: ServerResponse): Promise<void> {
  const chunks = function* (): Generator<Buffer> {
    for (let sent = 0; sent < HUGE_BYTES; sent += CHUNK.length) yield CHUNK;
  };
  await pipeline(Readable.from(chunks()), response).catch(() => undefined);
}
