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
  /** The same from the moment in which there is no time any more. */
  maxHurriedRequestsMs: number;
}

/** A turn of the event loop that short has left no time for connections to wait in the backlog. */
const QUIET_TURN_MS = 0.3;
/** A process that has so much to do that no turn is short closes it nevertheless. */
const MAX_QUIET_WAIT_MS = 200;

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
   * @param hurry aborted when there is no time to drain: listening stops at once, and requests have little time left
   */
  async drain(times: DrainTimes, hurry: AbortSignal): Promise<void> {
    this.leaving.abort();
    await pause(times.drainMs, hurry);
    await quietTurn(hurry);
    const ended = new AbortController();
    this.stopListening(() => {
      ended.abort();
    });
    this.stopping.abort();
    await pause(times.maxRequestsMs, AbortSignal.any([ended.signal, hurry]));
    if (hurry.aborted) await pause(times.maxHurriedRequestsMs, ended.signal);
  }

  /** Idle connections end at once, each other one after its answer. */
  private stopListening(onClosed: () => void): void {
    if (this.server?.listening) this.server.close(onClosed);
    else onClosed();
  }
}

/**
 * Closing a listening socket resets the connections that wait in its backlog. They are accepted in each turn of the
 * event loop, so the moment right after a short turn is the one to close it in.
 */
async function quietTurn(hurry: AbortSignal): Promise<void> {
  const endsAt = performance.now() + MAX_QUIET_WAIT_MS;
  let startedAt = performance.now();
  while (!hurry.aborted && startedAt < endsAt) {
    await nextTurn();
    const endedAt = performance.now();
    if (endedAt - startedAt < QUIET_TURN_MS) return;
    startedAt = endedAt;
  }
}

/** Ends early when the signal is aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => undefined);
}
