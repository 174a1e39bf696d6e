import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../testing/app-under-test.js';
import { head, RawConnection } from '../../testing/raw-http.js';
import { DrainHttpService } from './drain-http.service.js';

const NEVER = 600_000;

let server: Server;
let service: DrainHttpService;
let connection: RawConnection;
let requests: number;

beforeEach(async () => {
  requests = 0;
  // No request is ever answered.
  server = createServer(() => {
    requests += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  service = new DrainHttpService();
  service.attach({ server, addHook: () => undefined } as unknown as FastifyInstance);
  connection = RawConnection.open(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
});

afterEach(() => {
  connection.close();
  server.closeAllConnections();
  server.close();
});

describe('a stop that becomes a hurry', () => {
  it.each([
    ['while it drains', { drainMs: NEVER, maxRequestsMs: NEVER }, () => service.isLeaving],
    ['while requests end', { drainMs: 0, maxRequestsMs: NEVER }, () => service.stopped.aborted],
  ])('%s waits for requests no longer than a hurry lets them', async (_when, times, hasBegun) => {
    connection.send(head('GET /'));
    await eventually(() => requests === 1);
    const hurry = new AbortController();
    const drained = service.drain({ ...times, maxHurriedRequestsMs: 1 }, hurry.signal);
    await eventually(hasBegun);
    hurry.abort();
    await drained;
    expect(server.listening).toBe(false);
  });
});

describe('a process whose event loop iterations are all long', () => {
  /** @returns how many iterations have been long so far */
  function hog(): { iterations: () => number; stop: () => void } {
    let iterations = 0;
    let next: NodeJS.Immediate;
    const iterate = () => {
      iterations += 1;
      for (const until = performance.now() + 1; performance.now() < until;);
      next = setImmediate(iterate);
    };
    next = setImmediate(iterate);
    return {
      iterations: () => iterations,
      stop: () => {
        clearImmediate(next);
      },
    };
  }

  it.each([
    ['stops listening at once when it is in a hurry', true, 10],
    ['stops listening after 200 ms otherwise', false, 500],
  ])('%s', async (_what, isHurried, maxIterations) => {
    const hurry = new AbortController();
    if (isHurried) hurry.abort();
    const { iterations, stop } = hog();
    const listened = once(service.stopped, 'abort').then(iterations);
    await service.drain({ drainMs: 0, maxRequestsMs: 1, maxHurriedRequestsMs: 1 }, hurry.signal);
    stop();
    expect(await listened).toBeLessThan(maxIterations);
  });
});
