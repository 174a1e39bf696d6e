/** Limits the time for the body of a request: overall, and by a minimum rate. */
import type { IncomingMessage } from 'node:http';

export interface BodyTimes {
  /** From the start of reading the body to its last byte. */
  maxMs: number;
  /** The rate counts after this time, so that a lost packet does not end the request. */
  graceMs: number;
  minBytesPerSecond: number;
  /** How long the rest of the body is read and dropped after the answer, so that the sender receives the answer. */
  lingerMs: number;
  /** How often this is checked. */
  sweepMs: number;
}

const DEFAULT_TIMES: BodyTimes = {
  maxMs: 30_000,
  graceMs: 10_000,
  minBytesPerSecond: 1024,
  lingerMs: 5_000,
  sweepMs: 1_000,
};

interface Expected {
  startedAtMs: number;
  bytesAtStart: number;
  maxMs: number;
  onLate: () => void;
}

export class BodyClock {
  private readonly expected = new Map<IncomingMessage, Expected>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly times: BodyTimes = DEFAULT_TIMES) {
    this.timer = setInterval(() => {
      this.sweep();
    }, times.sweepMs).unref();
  }

  /** @param onLate called once when the body takes too long; not after {@link unwatch} */
  expect(request: IncomingMessage, onLate: () => void): void {
    this.start(request, this.times.maxMs, onLate);
  }

  /** The request is answered while its body is still coming: closes the connection if that goes on. */
  linger(request: IncomingMessage): void {
    this.start(request, this.times.lingerMs, () => request.socket.destroy());
  }

  unwatch(request: IncomingMessage): void {
    this.expected.delete(request);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private start(request: IncomingMessage, maxMs: number, onLate: () => void): void {
    const bytesAtStart = request.socket.bytesRead;
    this.expected.set(request, { startedAtMs: performance.now(), bytesAtStart, maxMs, onLate });
  }

  private sweep(): void {
    const nowMs = performance.now();
    for (const [request, expected] of this.expected) {
      const isOver = request.complete || request.destroyed;
      if (!isOver && !this.isLate(request, expected, nowMs)) continue;
      this.expected.delete(request);
      if (!isOver) expected.onLate();
    }
  }

  private isLate({ socket }: IncomingMessage, expected: Expected, nowMs: number): boolean {
    const { startedAtMs, bytesAtStart, maxMs } = expected;
    const { graceMs, minBytesPerSecond } = this.times;
    const elapsedMs = nowMs - startedAtMs;
    const minBytes = ((elapsedMs - graceMs) / 1000) * minBytesPerSecond;
    return elapsedMs > maxMs || socket.bytesRead - bytesAtStart < minBytes;
  }
}
