/**
 * Decides whether the receiver can have read a request that was lost with a kept connection. A receiver may end an idle
 * connection just when a request goes out; then the request may be sent again.
 */
import type { Socket } from 'node:net';
import { codeOf } from './network-failure.js';

/**
 * The errors when the peer had closed before the bytes arrived, or without reading them. After reading a whole
 * request it would end the connection in order.
 */
const RESET_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);
/** Such an error comes at once. A later one comes from a peer that had the request, such as a balancer. */
const RESET_WITHIN_MS = 1_000;
/** An empty line, which a server ignores before a request (RFC 9112, 2.2). */
const PROBE = '\r\n';
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

export class KeptSocket {
  private requests = 0;
  private sentAt = 0;
  private isAnswered = false;
  /** The connection ended in order, and yet the request cannot have been read. */
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

  /** @param error the failure of the request; on a new connection it may have been read */
  isUnread(error: Error): boolean {
    if (this.requests < 2 || this.isAnswered) return false;
    return this.isEndEarly || (this.isResetEarly && RESET_CODES.has(codeOf(error)));
  }

  /** Comes before the HTTP client's own listener, which destroys the socket. */
  private judgeEnd(): void {
    if (this.requests < 2 || this.isAnswered) return;
    // Not all of it has left this machine, or the end was sent before the request can have arrived.
    this.isEndEarly = this.socket.writableLength > 0 || this.endedWithinRoundTrip();
    // A request to a closed socket was answered with a reset by now, which the next write shows.
    if (!this.isEndEarly) {
      this.socket.write(PROBE, (error) => {
        this.isEndEarly = error !== null && error !== undefined && RESET_CODES.has(codeOf(error));
      });
    }
  }

  /** On one machine everything is faster than this process can measure; there the probe decides. */
  private endedWithinRoundTrip(): boolean {
    if (LOOPBACK.test(this.socket.remoteAddress ?? '127.')) return false;
    return performance.now() - this.sentAt < this.roundTripMs / 2;
  }
}
