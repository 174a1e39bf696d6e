/**
 * Takes a process out of traffic without a failed request: first it still serves but says that it is going
 * (`readyz` 503, `Connection: close`), then it stops listening and lets the requests under way end.
 */
import type { Server } from 'node:http';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

export interface DrainTimes {
  /** How long balancers get to send their requests elsewhere. */
  drainMs: number;
  /** How long requests under way, bodies half sent included, may then take to end. */
  maxRequestsMs: number;
}

/** A turn of the event loop that short has left no time for connections to wait in the backlog. */
const QUIET_TURN_MS = 0.3;
const MAX_TURNS = 1_000;

@Injectable()
export class DrainHttpService {
  private readonly leaving = new AbortController();
  private readonly stopping = new AbortController();
  private server: Server | undefined;

  /** From the begin of the drain: new requests should go elsewhere. */
  get isLeaving(): boolean {
    return this.leaving.signal.aborted;
  }

  /** Aborted when the process stops listening: answers without an end, such as live streams, end then. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  /** Call before the routes are added. */
  attach(fastify: FastifyInstance): void {
    this.server = fastify.server;
    // Not earlier than this: a request that came before the drain has its answer to come.
    fastify.addHook('onSend', (_request, reply, payload, done) => {
      if (this.isLeaving) void reply.header('Connection', 'close');
      done(null, payload);
    });
  }

  /**
   * Resolves when the last connection has ended, or when the time is over.
   *
   * @param hurry aborted when there is no time to drain: listening stops at once
   */
  async drain({ drainMs, maxRequestsMs }: DrainTimes, hurry: AbortSignal): Promise<void> {
    this.leaving.abort();
    if (drainMs > 0) await delay(drainMs, undefined, { signal: hurry }).catch(() => undefined);
    await quietTurn();
    const closed = this.stopListening();
    this.stopping.abort();
    const timeIsOver = new AbortController();
    const { signal } = timeIsOver;
    await Promise.race([closed, delay(maxRequestsMs, undefined, { signal }).catch(() => undefined)]);
    timeIsOver.abort();
  }

  /** Idle connections end at once, each other one after its answer. */
  private async stopListening(): Promise<void> {
    const { server } = this;
    if (!server?.listening) return;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  }
}

/**
 * Closing a listening socket resets the connections that wait in its backlog. They are accepted in each turn of the
 * event loop, so the moment right after a short turn is the one to close it in.
 */
async function quietTurn(): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const startedAt = performance.now();
    await nextTurn();
    if (performance.now() - startedAt < QUIET_TURN_MS) return;
  }
}
