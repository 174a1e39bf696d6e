/**
 * Takes a process out of traffic without a failed request: first it still serves but reports that it is stopping
 * (`readyz` 503, `Connection: close`), then it stops listening and lets the requests under way end.
 */
import type { Server } from 'node:http';
import { setImmediate as nextIteration, setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

export interface DrainTimes {
  /** How long balancers get to send their requests elsewhere. */
  drainMs: number;
  /** How long requests under way, including incomplete bodies, may then take to end. */
  maxRequestsMs: number;
  /** The same when there is no time to drain. */
  maxHurriedRequestsMs: number;
}

/** After so short an iteration of the event loop no connections wait in the backlog. */
const QUIET_ITERATION_MS = 0.3;
/** A busy process without short iterations closes it after this time. */
const MAX_QUIET_WAIT_MS = 200;

@Injectable()
export class DrainHttpService {
  private readonly leaving = new AbortController();
  private readonly stopping = new AbortController();
  private server: Server | undefined;

  /** True from the start of the drain: new requests should go elsewhere. */
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
    // Checked when the answer is sent, since the request may have come before the drain.
    fastify.addHook('onSend', (_request, reply, payload, done) => {
      if (this.isLeaving) void reply.header('Connection', 'close');
      done(null, payload);
    });
  }

  /**
   * Drains. Resolves when the last connection has ended, or when the time is over.
   *
   * @param hurry aborted when there is no time to drain: listening stops at once, and requests have little time left
   */
  async drain(times: DrainTimes, hurry: AbortSignal): Promise<void> {
    this.leaving.abort();
    await pause(times.drainMs, hurry);
    await quietIteration(hurry);
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
 * Closing a listening socket resets the connections that wait in its backlog. They are accepted in each iteration of
 * the event loop, so it is closed right after a short one.
 */
async function quietIteration(hurry: AbortSignal): Promise<void> {
  const endsAt = performance.now() + MAX_QUIET_WAIT_MS;
  let startedAt = performance.now();
  while (!hurry.aborted && startedAt < endsAt) {
    await nextIteration();
    const endedAt = performance.now();
    if (endedAt - startedAt < QUIET_ITERATION_MS) return;
    startedAt = endedAt;
  }
}

/** Ends early when the signal is aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => undefined);
}
