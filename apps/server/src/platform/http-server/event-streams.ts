/**
 * Opens streams of server-sent events. Their number and duration are limited, and a stream ends when its reader does not
 * read or would no longer be let in.
 */
import { Readable } from 'node:stream';
import { DomainError } from '../errors/domain-error.js';
import { ConcurrencyLimiter } from '../limits/concurrency-limiter.js';
import type { DrainHttpService } from './drain-http.service.js';
import { RecheckReaders, type AdmittedReader } from './recheck-readers.js';
import { HEARTBEAT } from './server-sent-event.js';

/** Per app and in total. */
const MAX_OPEN = { maxConcurrentPerKey: 20, maxConcurrent: 200 };
/** How long a reader may take to read what is left. */
const MAX_END_MS = 10_000;

export interface StreamLimits {
  heartbeatMs: number;
  maxOpenMs: number;
  /** A reader that is behind by this much is disconnected. */
  maxUnreadBytes: number;
  /** When to come back, told to a reader that finds too many open. */
  retryAfterSeconds: number;
}

export interface StreamReader {
  appId: string;
  /** Whether the reader would be let in now. */
  mayStay: AdmittedReader['mayStay'];
  /** Called once: when the stream is ended here, or its reader is gone. */
  onEnd: () => void;
}

export class EventStreams {
  private readonly open = new Set<EventStream>();
  private readonly limiter = new ConcurrencyLimiter(MAX_OPEN);
  private readonly recheck = new RecheckReaders();

  constructor(
    private readonly limits: StreamLimits,
    drain: Pick<DrainHttpService, 'stopped'>,
  ) {
    // The server waits for open answers before it stops; these would not end by themselves.
    drain.stopped.addEventListener('abort', () => {
      for (const stream of this.open) stream.end();
    });
  }

  /** @throws DomainError `too_many_requests` while too many are open */
  prepare({ appId, mayStay, onEnd }: StreamReader): EventStream {
    const permit = this.limiter.tryAcquire(appId);
    if (!permit) {
      const { retryAfterSeconds } = this.limits;
      throw new DomainError('too_many_requests', 'Too many streams are open already', { retryAfterSeconds });
    }
    const stream = new EventStream(this.limits.maxUnreadBytes, mayStay, () => {
      this.open.delete(stream);
      this.recheck.remove(stream);
      onEnd();
    });
    stream.readable.once('close', () => {
      permit.release();
    });
    this.open.add(stream);
    return stream;
  }

  /** Call it once the first events are sent. */
  keepOpen(stream: EventStream): void {
    if (stream.isOver) return;
    stream.keepOpen(this.limits);
    this.recheck.add(stream);
  }
}

export class EventStream implements AdmittedReader {
  readonly readable: Readable;
  private readonly timers: NodeJS.Timeout[] = [];
  private hasEnded = false;

  /** @param onEnd called once */
  constructor(
    private readonly maxUnreadBytes: number,
    readonly mayStay: AdmittedReader['mayStay'],
    private readonly onEnd: () => void,
  ) {
    this.readable = new Readable({ read: () => undefined, highWaterMark: maxUnreadBytes });
    this.readable.once('close', () => {
      this.leave();
    });
  }

  /** Nothing is sent any more. */
  get isOver(): boolean {
    return this.hasEnded || this.readable.destroyed;
  }

  /** What waits in this process until the reader takes it. */
  get unreadBytes(): number {
    return this.isOver ? 0 : this.readable.readableLength;
  }

  send(text: string): void {
    if (this.isOver) return;
    if (this.unreadBytes > this.maxUnreadBytes) this.disconnect();
    else this.readable.push(text);
  }

  keepOpen({ heartbeatMs, maxOpenMs }: Pick<StreamLimits, 'heartbeatMs' | 'maxOpenMs'>): void {
    this.timers.push(
      setInterval(() => {
        this.send(HEARTBEAT);
      }, heartbeatMs),
      setTimeout(() => {
        this.end();
      }, maxOpenMs),
    );
  }

  /** The reader may still read what was sent. */
  end(): void {
    if (this.isOver) return;
    this.leave();
    this.readable.push(null);
    // A reader that does not read would keep its permit forever.
    const timer = setTimeout(() => {
      this.disconnect();
    }, MAX_END_MS).unref();
    this.readable.once('close', () => {
      clearTimeout(timer);
    });
  }

  /** What was sent and not read is lost. */
  disconnect(): void {
    this.readable.destroy();
  }

  private leave(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.onEnd();
  }
}
