/** Serves the open streams of this process: one Redis reader for all, one query per app, a time limit for each. */
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { LIVE_STREAM_MS } from '@im/contracts/api/live';
import { DrainHttpService } from '../../platform/http-server/drain-http.service.js';
import { EventStreams, type EventStream } from '../../platform/http-server/event-streams.js';
import type { AdmittedReader } from '../../platform/http-server/recheck-readers.js';
import { formatEvent, formatRetry } from '../../platform/http-server/server-sent-event.js';
import {
  entryMsOf,
  isEntryAfter,
  isEntryId,
  LiveFeed,
  type LiveEntry,
} from '../../platform/live/live-feed.js';
import { RedisConnections } from '../../platform/queue/redis-connections.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { LookNowService } from './look-now.service.js';
import { AlertSteps } from './domain/alert-steps.js';
import { AppWatch, type Look, type Watcher } from './watch-app.js';

const READ_MS = 150;
const COME_BACK_MS = 500;
/** A reader that is behind by this much gets no more until it reads: what it missed in a break may be far more. */
const MAX_AHEAD_BYTES = 262_144;
/** After this long it is disconnected. It comes back and reads on from where it was, or is told that it cannot. */
const MAX_BEHIND_MS = 5_000;
const LIMITS = {
  heartbeatMs: 15_000,
  maxOpenMs: LIVE_STREAM_MS,
  maxUnreadBytes: 1_048_576,
  /** Streams end after a minute, so permits become free all the time. */
  retryAfterSeconds: 10,
};

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
  /** Since when it is behind, monotonic milliseconds. */
  behindSinceMs?: number;
  /** Entries were held back, so Redis may have dropped the next one since. */
  isLate: boolean;
  events: EventStream;
  watcher: Watcher;
}

@Injectable()
export class StreamLiveService {
  private readonly streams = new Set<OpenStream>();
  private readonly eventStreams: EventStreams;
  /** Of each app that is watched. */
  private readonly watches = new Map<string, AppWatch>();
  private readTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: LiveFeed,
    private readonly redis: RedisConnections,
    private readonly now: LookNowService,
    drain: DrainHttpService,
  ) {
    this.eventStreams = new EventStreams(LIMITS, drain);
  }

  /** @throws DomainError `too_many_requests` while too many are open */
  async open(request: LiveRequest): Promise<Readable> {
    const stream = this.prepare(request);
    const { events } = stream;
    try {
      events.send(formatRetry(COME_BACK_MS));
      await this.begin(stream, request.lastEventId);
      await this.watch(stream);
      this.keepOpen(stream);
      return events.readable;
    } catch (error) {
      events.disconnect();
      throw error;
    }
  }

  private prepare({ app: { appId, appKey }, lastEventId, mayStay }: LiveRequest): OpenStream {
    const onEnd = (): void => {
      this.remove(stream);
    };
    const stream: OpenStream = {
      ...{ appId, appKey },
      lastId: '',
      counters: '',
      isLate: false,
      alerts: new AlertSteps(isEntryId(lastEventId ?? '') ? entryMsOf(lastEventId ?? '') : undefined),
      events: this.eventStreams.prepare({ appId, mayStay, onEnd }),
      watcher: (look) => {
        this.show(stream, look);
      },
    };
    return stream;
  }

  private async begin(stream: OpenStream, lastEventId: string | undefined): Promise<void> {
    if (!this.redis.isReady) {
      stream.events.send(formatEvent({ event: 'reset', data: { reason: 'queue_unavailable' } }));
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
      stream.events.send(formatEvent({ event: 'reset', data: { reason: 'too_old' } }));
    }
  }

  private keepOpen(stream: OpenStream): void {
    if (stream.events.isOver) {
      // It watches only since it ended.
      this.remove(stream);
      return;
    }
    this.eventStreams.keepOpen(stream.events);
    this.streams.add(stream);
    this.readTimer ??= setTimeout(() => void this.read(), READ_MS);
  }

  /** Each stream has its own position; one command reads on from the earliest of each app. */
  private async read(): Promise<void> {
    const reading = [...this.streams].filter((stream) => stream.lastId !== '' && this.keepsUp(stream));
    const earliest = new Map<string, string>();
    for (const { appId, lastId } of reading) {
      const known = earliest.get(appId);
      if (known === undefined || isEntryAfter(known, lastId)) earliest.set(appId, lastId);
    }
    if (earliest.size > 0 && this.redis.isReady) {
      const found = await this.feed.readAfter(earliest).catch(() => new Map<string, LiveEntry[]>());
      await Promise.all(reading.map((stream) => this.pass(stream, found.get(stream.appId) ?? [])));
    }
    this.readTimer = this.streams.size > 0 ? setTimeout(() => void this.read(), READ_MS) : undefined;
  }

  /** The rest comes with a later read. If Redis has dropped the next entry by then, the reader has to come back and is told. */
  private async pass(stream: OpenStream, entries: readonly LiveEntry[]): Promise<void> {
    const { appId, lastId, events } = stream;
    const isKept = !stream.isLate || (await this.feed.isKept(appId, lastId).catch(() => true));
    if (!isKept) events.disconnect();
    stream.isLate = false;
    for (const entry of entries) {
      stream.isLate = isBehind(stream);
      if (stream.isLate) return;
      sendEntry(stream, entry);
    }
  }

  private keepsUp(stream: OpenStream): boolean {
    const { events } = stream;
    if (!isBehind(stream)) {
      delete stream.behindSinceMs;
      return true;
    }
    stream.isLate = true;
    const nowMs = performance.now();
    if (nowMs - (stream.behindSinceMs ??= nowMs) > MAX_BEHIND_MS) events.disconnect();
    return false;
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
      stream.events.send(formatEvent({ event: 'alert', data: alert }));
    }
    const counters = formatEvent({ event: 'counters', data: look.counters });
    if (counters === stream.counters) return;
    stream.counters = counters;
    stream.events.send(counters);
  }

  private remove(stream: OpenStream): void {
    this.streams.delete(stream);
    const watch = this.watches.get(stream.appId);
    watch?.leave(stream.watcher);
    if (watch?.isWatched === false) this.watches.delete(stream.appId);
  }
}

function isBehind({ events }: OpenStream): boolean {
  return events.unreadBytes > MAX_AHEAD_BYTES;
}

function sendEntry(stream: OpenStream, { id, messages, briefs, omitted }: LiveEntry): void {
  if (!isEntryAfter(id, stream.lastId)) return;
  stream.lastId = id;
  // Only the last one carries the id, so that a reader that breaks off in between gets the whole entry again.
  const rest = { event: 'omitted', data: { count: omitted, deliveries: briefs } };
  const events = omitted > 0 ? [...messages, rest] : messages;
  events.forEach((event, index) => {
    const isLast = index === events.length - 1;
    stream.events.send(formatEvent({ ...event, ...(isLast && { id }) }));
  });
}
