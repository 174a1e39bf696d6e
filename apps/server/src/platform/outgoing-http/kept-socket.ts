/**
 * Tells whether a request that a kept connection took with it can have been read. A receiver may end an idle connection
 * at the very moment in which a request goes out; then nothing was wrong with either, and the request may go out again.
 */
import type { Socket } from 'node:net';
import { codeOf } from './network-failure.js';

/**
 * What the other side answers to bytes that came after it had closed, or that it closed on without reading them. Who
 * reads a request whole and then closes sends an orderly end instead.
 */
const RESET_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);
/**
 * Such an answer sets out at once. A later one comes from what had the request: a balancer, say, that passed it on, waited
 * and gave up.
 */
const RESET_WITHIN_MS = 1_000;
/** An empty line, which a server ignores before a request (RFC 9112, 2.2). */
const PROBE = '\r\n';
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

export class KeptSocket {
  private requests = 0;
  private sentAt = 0;
  private isAnswered = false;
  /** The end came in order, and yet the request cannot have been read. */
  private isEndEarly = false;
  private isResetEarly = false;

  /** @param roundTripMs how long connecting took */
  constructor(
    private readonly socket: Socket,
    private readonly roundTripMs: number,
  ) {
    socket.once('end', () => {
      this.judgeEnd();
    });
    socket.once('error', () => {
      const isPartHere = socket.writableLength > 0;
      this.isResetEarly = isPartHere || performance.now() - this.sentAt < RESET_WITHIN_MS;
    });
  }

  onRequest(): void {
    this.requests += 1;
    this.sentAt = performance.now();
    this.isAnswered = false;
  }

  onAnswerBytes(): void {
    this.isAnswered = true;
  }

  /** @param error what became of the request; that of a connection of its own was read for all one knows */
  isUnread(error: Error): boolean {
    if (this.requests < 2 || this.isAnswered) return false;
    return this.isEndEarly || (this.isResetEarly && RESET_CODES.has(codeOf(error)));
  }

  /** Comes before the HTTP client's own listener, which destroys the socket. */
  private judgeEnd(): void {
    if (this.requests < 2 || this.isAnswered) return;
    // Not all of it has left this machine, or the end set out before the request can have arrived.
    this.isEndEarly = this.socket.writableLength > 0 || this.endedWithinRoundTrip();
    // A request that met a closed socket was answered with a reset by now, which the next write shows.
    if (!this.isEndEarly) {
      this.socket.write(PROBE, (error) => {
        this.isEndEarly = error !== null && error !== undefined && RESET_CODES.has(codeOf(error));
      });
    }
  }

  /** On one machine everything is quicker than this process notices; the probe says it all there. */
  private endedWithinRoundTrip(): boolean {
    if (LOOPBACK.test(this.socket.remoteAddress ?? '127.')) return false;
    return performance.now() - this.sentAt < this.roundTripMs / 2;
  }
}
