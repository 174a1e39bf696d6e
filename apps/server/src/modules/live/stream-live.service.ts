/** The open streams of this process: one reader of Redis for all of them, counters now and then, an end for each. */
import { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LIVE_STREAM_MS } from '@im/contracts/api/live';
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
import { formatEvent, formatRetry, HEARTBEAT } from './domain/server-sent-event.js';

const READ_MS = 150;
const LOOK_MS = 2_000;
const HEARTBEAT_MS = 15_000;
const COME_BACK_MS = 500;
/** A reader that is behind by so much is let go; it comes back and reads on from where it was. */
const MAX_UNREAD_BYTES = 1_048_576;

interface OpenStream {
  appId: string;
  appKey: string;
  /** Of the last entry sent. */
  lastId: string;
  counters: string;
  alerts: AlertSteps;
  readable: Readable;
  timers: NodeJS.Timeout[];
}

@Injectable()
export class StreamLiveService implements OnModuleDestroy {
  private readonly streams = new Set<OpenStream>();
  private readTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: LiveFeed,
    private readonly redis: RedisConnections,
    private readonly now: LookNowService,
  ) {}

  /** A server waits for its answers before it ends; these would go on. */
  onModuleDestroy(): void {
    for (const stream of this.streams) this.end(stream);
  }

  /** @param lastEventId what the reader saw last; anything that is no id counts as nothing */
  async open({ appId, appKey }: AppRef, lastEventId: string | undefined): Promise<Readable> {
    const stream: OpenStream = {
      ...{ appId, appKey },
      lastId: '',
      counters: '',
      alerts: new AlertSteps(isEntryId(lastEventId ?? '') ? entryMsOf(lastEventId ?? '') : undefined),
      readable: new Readable({ read: () => undefined, highWaterMark: MAX_UNREAD_BYTES }),
      timers: [],
    };
    stream.readable.once('close', () => {
      this.forget(stream);
    });
    this.send(stream, formatRetry(COME_BACK_MS));
    await this.begin(stream, lastEventId);
    await this.look(stream);
    this.keepOpen(stream);
    return stream.readable;
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
      setInterval(() => void this.look(stream), LOOK_MS),
      setInterval(() => {
        this.send(stream, HEARTBEAT);
      }, HEARTBEAT_MS),
      setTimeout(() => {
        this.end(stream);
      }, LIVE_STREAM_MS),
    );
    this.streams.add(stream);
    this.readTimer ??= setTimeout(() => void this.read(), READ_MS);
  }

  /** Each stream is at its own place; one command reads on from the earliest of each app. */
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

  private sendEntry(stream: OpenStream, { id, messages, omitted }: LiveEntry): void {
    if (!isEntryAfter(id, stream.lastId)) return;
    stream.lastId = id;
    // The id stands with the last of them: whoever breaks off in between gets the entry again, whole.
    const events = omitted > 0 ? [...messages, { event: 'omitted', data: { count: omitted } }] : messages;
    events.forEach((event, index) => {
      const isLast = index === events.length - 1;
      this.send(stream, formatEvent({ ...event, ...(isLast && { id }) }));
    });
  }

  /** At what changes seldom: alerts and counters, in the rows. */
  private async look(stream: OpenStream): Promise<void> {
    try {
      await this.feed.watch(stream.appId).catch(() => undefined);
      for (const alert of stream.alerts.of(await this.now.alerts(stream))) {
        this.send(stream, formatEvent({ event: 'alert', data: alert }));
      }
      const counters = formatEvent({ event: 'counters', data: await this.now.counters(stream.appId) });
      if (counters === stream.counters) return;
      stream.counters = counters;
      this.send(stream, counters);
    } catch {
      // PostgreSQL is away; the next look comes soon.
    }
  }

  private send(stream: OpenStream, text: string): void {
    const { readable } = stream;
    if (readable.destroyed || readable.readableEnded) return;
    if (readable.readableLength > MAX_UNREAD_BYTES) this.end(stream);
    else readable.push(text);
  }

  private end(stream: OpenStream): void {
    this.forget(stream);
    stream.readable.push(null);
  }

  private forget(stream: OpenStream): void {
    for (const timer of stream.timers) clearTimeout(timer);
    this.streams.delete(stream);
  }
}
