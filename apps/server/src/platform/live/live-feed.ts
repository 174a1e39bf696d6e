/**
 * Passes live messages between processes by topic, through Redis streams. A hint like everything in Redis: nothing is
 * written without watchers, and what is lost is still in the rows.
 */
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { BackgroundTasks } from '../background/background-tasks.js';
import { KEY_PREFIX, RedisConnections } from '../queue/redis-connections.js';

export interface LiveMessage {
  event: string;
  data: unknown;
}

export interface LiveEntry {
  /** Of the stream: later entries have greater ids. */
  id: string;
  messages: LiveMessage[];
  /** Of further messages, which are not all sent under load. */
  briefs: unknown[];
  /** How many more there were than messages. */
  omitted: number;
}

/** A process of an earlier version stores no briefs. */
type StoredEntry = Omit<LiveEntry, 'id' | 'briefs'> & { briefs?: unknown[] };

/** Composed only when the topic is watched. */
export interface Publication {
  message: () => LiveMessage;
  /** What is said of it when it is not sent. */
  brief: () => unknown;
  /** Counted even when it is not named: it is about something that no message was about before. */
  isNew: boolean;
}

/** Ids in the order of time. */
const FIRST_ID = '0-0';

const WATCHED_KEY = `${KEY_PREFIX}:live:watched`;
/** How soon a process notices a new watcher. */
const LOOK_MS = 500;
/** How long a topic is recorded after the last read, so that a returning reader missed nothing. */
const WATCH_MS = 300_000;
const FLUSH_MS = 50;
/** Two hundred messages a second are more than a person reads; with what is kept, some 12 MB for an app with a thousand a second. */
const MAX_MESSAGES_PER_ENTRY = 10;
/** Far more than come in the time of an entry, unless the process is busy. */
const MAX_BRIEFS_PER_ENTRY = 200;
const KEPT_ENTRIES = 1_500;
const MAX_ENTRIES_PER_READ = 100;

@Injectable()
export class LiveFeed implements OnModuleDestroy {
  private watched = new Set<string>();
  private waiting = new Map<string, Omit<LiveEntry, 'id'>>();
  private flushTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: RedisConnections,
    background: BackgroundTasks,
  ) {
    // The connection reports the loss of Redis; the next check comes soon.
    background.repeat({ failureEvent: null, delayMs: LOOK_MS, run: () => this.look() });
  }

  onModuleDestroy(): void {
    clearTimeout(this.flushTimer);
  }

  /** Cheap without watchers. */
  publish(topic: string, { message, brief, isNew }: Publication): void {
    if (!this.watched.has(topic)) return;
    let waiting = this.waiting.get(topic);
    if (!waiting) this.waiting.set(topic, (waiting = { messages: [], briefs: [], omitted: 0 }));
    if (waiting.messages.length < MAX_MESSAGES_PER_ENTRY) waiting.messages.push(message());
    else if (waiting.briefs.length < MAX_BRIEFS_PER_ENTRY) {
      waiting.omitted += 1;
      waiting.briefs.push(brief());
    } else if (isNew) waiting.omitted += 1;
    this.flushTimer ??= setTimeout(() => {
      this.flushTimer = undefined;
      void this.flush();
    }, FLUSH_MS);
  }

  /** Starts recording the topic, in every process within {@link LOOK_MS}; repeat it to go on. */
  async watch(topic: string): Promise<void> {
    this.watched.add(topic);
    // Without Redis a command would wait for its return.
    if (!this.redis.isReady) return;
    await this.redis.commands.zadd(WATCHED_KEY, Date.now() + WATCH_MS, topic);
  }

  /** The id of the newest entry; {@link FIRST_ID} when there is none. */
  async lastIdOf(topic: string): Promise<string> {
    const [entry] = await this.redis.commands.xrevrange(streamKey(topic), '+', '-', 'COUNT', 1);
    return entry?.[0] ?? FIRST_ID;
  }

  /** Whether everything after the id is still stored. */
  async isKept(topic: string, id: string): Promise<boolean> {
    const [oldest] = await this.redis.commands.xrange(streamKey(topic), '-', '+', 'COUNT', 1);
    return oldest !== undefined && !isEntryAfter(oldest[0], id);
  }

  /** @returns the entries after the ids, by topic, oldest first */
  async readAfter(idByTopic: ReadonlyMap<string, string>): Promise<Map<string, LiveEntry[]>> {
    const topics = [...idByTopic.keys()];
    if (topics.length === 0) return new Map();
    const found = await this.redis.commands.xread(
      'COUNT',
      MAX_ENTRIES_PER_READ,
      'STREAMS',
      ...topics.map(streamKey),
      ...topics.map((topic) => idByTopic.get(topic) ?? FIRST_ID),
    );
    return new Map(
      (found ?? []).map(([key, entries]) => [
        key.slice(streamKey('').length),
        entries.map(([id, [, json = '{}']]) => ({ id, briefs: [], ...(JSON.parse(json) as StoredEntry) })),
      ]),
    );
  }

  private async look(): Promise<void> {
    if (!this.redis.isReady) return;
    this.watched = new Set(await this.redis.commands.zrangebyscore(WATCHED_KEY, Date.now(), '+inf'));
  }

  private async flush(): Promise<void> {
    const waiting = this.waiting;
    this.waiting = new Map();
    if (!this.redis.isReady) return;
    const pipeline = this.redis.commands.pipeline();
    for (const [topic, entry] of waiting) {
      const key = streamKey(topic);
      pipeline.xadd(key, 'MAXLEN', '~', KEPT_ENTRIES, '*', 'entry', JSON.stringify(entry));
      pipeline.pexpire(key, WATCH_MS);
    }
    pipeline.zremrangebyscore(WATCHED_KEY, '-inf', Date.now());
    // What is not written is not shown live, but is in the rows.
    await pipeline.exec().catch(() => undefined);
  }
}

function streamKey(topic: string): string {
  return `${KEY_PREFIX}:live:stream:${topic}`;
}

const ENTRY_ID = /^\d{1,15}-\d{1,10}$/;

export function isEntryId(text: string): boolean {
  return ENTRY_ID.test(text);
}

/** When the entry was written, by Redis's clock. */
export function entryMsOf(id: string): number {
  return Number(id.split('-')[0]);
}

/** Ids are `<milliseconds>-<number>`, compared as two numbers. */
export function isEntryAfter(one: string, other: string): boolean {
  const [oneMs = 0, oneNumber = 0] = one.split('-').map(Number);
  const [otherMs = 0, otherNumber = 0] = other.split('-').map(Number);
  return oneMs > otherMs || (oneMs === otherMs && oneNumber > otherNumber);
}
