/** Serves the open streams of this process: one Redis reader for all, one query per app, a time limit for each. */
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { LIVE_STREAM_MS } from '@im/contracts/api/live';
import { DomainError } from '../../platform/errors/domain-error.js';
import { DrainHttpService } from '../../platform/http-server/drain-http.service.js';
import {
  entryMsOf,
  isEntryAfter,
  isEntryId,
  LiveFeed,
  type LiveEntry,
} from '../../platform/live/live-feed.js';
import { ConcurrencyLimiter } from '../../platform/limits/concurrency-limiter.js';
import { RedisConnections } from '../../platform/queue/redis-connections.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { LookNowService } from './look-now.service.js';
import { AlertSteps } from './domain/alert-steps.js';
import { formatEvent, formatRetry, HEARTBEAT } from '../../platform/http-server/server-sent-event.js';
import { RecheckReaders, type AdmittedReader } from '../../platform/http-server/recheck-readers.js';
import { AppWatch, type Look, type Watcher } from './watch-app.js';

const READ_MS = 150;
const HEARTBEAT_MS = 15_000;
const COME_BACK_MS = 500;
/** A reader that is behind by this much is disconnected; it reconnects and reads on from where it was. */
const MAX_UNREAD_BYTES = 1_048_576;
/** How long a reader may take to read what is left. */
const MAX_END_MS = 10_000;
/** Per app and in total. */
const MAX_OPEN = { maxConcurrentPerKey: 20, maxConcurrent: 200 };
/** Streams end after a minute, so permits become free all the time. */
const RETRY_AFTER_SECONDS = 10;

export interface LiveRequest {
  app: AppRef;
  /** What the reader saw last; anything that is no id counts as nothing. */
  lastEventId: string | undefined;
  /** Whether the reader would be let in now. */
  mayStay: AdmittedReader['mayStay'];
}

interface OpenStream {
  appId: string;
  appKey: string;
  /** Of the last entry sent. */
  lastId: string;
  counters: string;
  alerts: AlertSteps;
  readable: Readable;
  watcher: Watcher;
  admitted: AdmittedReader;
  timers: NodeJS.Timeout[];
}

@Injectable()
export class StreamLiveService {
  private readonly streams = new Set<OpenStream>();
  private readonly limiter = new ConcurrencyLimiter(MAX_OPEN);
  /** Of each app that is watched. */
  private readonly watches = new Map<string, AppWatch>();
  private readonly recheck = new RecheckReaders();
  private readTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: LiveFeed,
    private readonly redis: RedisConnections,
    private readonly now: LookNowService,
    drain: DrainHttpService,
  ) {
    // The server waits for open answers before it stops; these would not end by themselves.
    drain.stopped.addEventListener('abort', () => {
      for (const stream of this.streams) this.end(stream);
    });
  }

  /** @throws DomainError `too_many_requests` while too many are open */
  async open(request: LiveRequest): Promise<Readable> {
    const { app, lastEventId } = request;
    const permit = this.limiter.tryAcquire(app.appId);
    if (!permit) {
      throw new DomainError('too_many_requests', 'Too many streams are open already', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    const stream = this.prepare(request);
    stream.readable.once('close', () => {
      this.remove(stream);
      permit.release();
    });
    try {
      this.send(stream, formatRetry(COME_BACK_MS));
      await this.begin(stream, lastEventId);
      await this.watch(stream);
      this.keepOpen(stream);
      return stream.readable;
    } catch (error) {
      stream.readable.destroy();
      throw error;
    }
  }

  private prepare({ app: { appId, appKey }, lastEventId, mayStay }: LiveRequest): OpenStream {
    const stream: OpenStream = {
      ...{ appId, appKey },
      lastId: '',
      counters: '',
      alerts: new AlertSteps(isEntryId(lastEventId ?? '') ? entryMsOf(lastEventId ?? '') : undefined),
      readable: new Readable({ read: () => undefined, highWaterMark: MAX_UNREAD_BYTES }),
      watcher: (look) => {
        this.show(stream, look);
      },
      admitted: {
        mayStay,
        end: () => {
          this.end(stream);
        },
      },
      timers: [],
    };
    return stream;
  }

  private async begin(stream: OpenStream, lastEventId: string | undefined): Promise<void> {
    if (!this.redis.isReady) {
      this.send(stream, formatEvent({ event: 'reset', data: { reason: 'queue_unavailable' } }));
      return;
    }
    const { appId } = stream;
    await this.feed.watch(appId);
    const isNamed = lastEventId !== undefined && isEntryId(lastEventId);
    if (isNamed && (await this.feed.isKept(appId, lastEventId))) {
      stream.lastId = lastEventId;
      return;
    }
    stream.lastId = await this.feed.lastIdOf(appId);
    if (isNamed && lastEventId !== stream.lastId) {
      this.send(stream, formatEvent({ event: 'reset', data: { reason: 'too_old' } }));
    }
  }

  private keepOpen(stream: OpenStream): void {
    if (stream.readable.destroyed) return;
    stream.timers.push(
      setInterval(() => {
        this.send(stream, HEARTBEAT);
      }, HEARTBEAT_MS),
      setTimeout(() => {
        this.end(stream);
      }, LIVE_STREAM_MS),
    );
    this.streams.add(stream);
    this.recheck.add(stream.admitted);
    this.readTimer ??= setTimeout(() => void this.read(), READ_MS);
  }

  /** Each stream has its own position; one command reads on from the earliest of each app. */
  private async read(): Promise<void> {
    const reading = [...this.streams].filter(({ lastId }) => lastId !== '');
    const earliest = new Map<string, string>();
    for (const { appId, lastId } of reading) {
      const known = earliest.get(appId);
      if (known === undefined || isEntryAfter(known, lastId)) earliest.set(appId, lastId);
    }
    if (earliest.size > 0 && this.redis.isReady) {
      const found = await this.feed.readAfter(earliest).catch(() => new Map<string, LiveEntry[]>());
      for (const stream of reading) {
        for (const entry of found.get(stream.appId) ?? []) this.sendEntry(stream, entry);
      }
    }
    this.readTimer = this.streams.size > 0 ? setTimeout(() => void this.read(), READ_MS) : undefined;
  }

  private sendEntry(stream: OpenStream, { id, messages, briefs, omitted }: LiveEntry): void {
    if (!isEntryAfter(id, stream.lastId)) return;
    stream.lastId = id;
    // Only the last one carries the id, so that a reader that breaks off in between gets the whole entry again.
    const rest = { event: 'omitted', data: { count: omitted, deliveries: briefs } };
    const events = omitted > 0 ? [...messages, rest] : messages;
    events.forEach((event, index) => {
      const isLast = index === events.length - 1;
      this.send(stream, formatEvent({ ...event, ...(isLast && { id }) }));
    });
  }

  private async watch(stream: OpenStream): Promise<void> {
    const { appId, appKey } = stream;
    let watch = this.watches.get(appId);
    if (!watch) this.watches.set(appId, (watch = new AppWatch(() => this.look({ appId, appKey }))));
    await watch.join(stream.watcher);
  }

  private async look(app: Pick<AppRef, 'appId' | 'appKey'>): Promise<Look> {
    await this.feed.watch(app.appId).catch(() => undefined);
    return { alerts: await this.now.alerts(app), counters: await this.now.counters(app.appId) };
  }

  private show(stream: OpenStream, look: Look): void {
    for (const alert of stream.alerts.of(look.alerts)) {
      this.send(stream, formatEvent({ event: 'alert', data: alert }));
    }
    const counters = formatEvent({ event: 'counters', data: look.counters });
    if (counters === stream.counters) return;
    stream.counters = counters;
    this.send(stream, counters);
  }

  private send(stream: OpenStream, text: string): void {
    const { readable } = stream;
    if (readable.destroyed || readable.readableEnded) return;
    if (readable.readableLength > MAX_UNREAD_BYTES) readable.destroy();
    else readable.push(text);
  }

  private end(stream: OpenStream): void {
    this.remove(stream);
    const { readable } = stream;
    if (readable.destroyed) return;
    readable.push(null);
    // A reader that does not read would keep its permit for ever.
    const timer = setTimeout(() => readable.destroy(), MAX_END_MS).unref();
    readable.once('close', () => {
      clearTimeout(timer);
    });
  }

  private remove(stream: OpenStream): void {
    for (const timer of stream.timers) clearTimeout(timer);
    this.streams.delete(stream);
    this.recheck.remove(stream.admitted);
    const watch = this.watches.get(stream.appId);
    watch?.leave(stream.watcher);
    if (watch?.isWatched === false) this.watches.delete(stream.appId);
  }
}
