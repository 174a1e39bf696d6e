/** Reads server-sent events, and opens the stream again when it ends, breaks or falls silent. */
import { pause, errorOf, failureOf } from './send.js';
import { ApiError } from './api-error.js';
import { EventBlocks } from './event-blocks.js';

export interface ServerSentEvent {
  event: string;
  /** Parsed JSON. */
  data: unknown;
  id: string | undefined;
}

export interface StreamSettings {
  url: string;
  headers: Record<string, string>;
  fetch: typeof fetch;
  signal: AbortSignal | undefined;
  silenceMs: number;
  onOpen: () => void;
  onBreak: (error: ApiError | null, waitMs: number) => void;
}

/** After a stream that ended as it should, and the longest wait after failures. */
const COME_BACK_MS = 200;
const MAX_WAIT_MS = 5_000;
/** The service refuses these for good. */
const FINAL = new Set([400, 401, 403, 404, 422]);
const LAST_EVENT_ID = 'Last-Event-ID';

/** @throws ApiError when the service refuses the stream for good; the signal's reason when it was aborted */
export async function* readEvents(settings: StreamSettings): AsyncGenerator<ServerSentEvent, never> {
  let lastId: string | undefined;
  let failures = 0;
  for (;;) {
    try {
      for await (const event of readOnce(settings, lastId)) {
        failures = 0;
        lastId = event.id ?? lastId;
        yield event;
      }
      settings.onBreak(null, COME_BACK_MS);
      await pause(COME_BACK_MS, settings.signal);
    } catch (error) {
      settings.signal?.throwIfAborted();
      const failure = failureOf(error, settings.url, null);
      if (failure.status !== null && FINAL.has(failure.status)) throw failure;
      failures += 1;
      const waitMs = Math.round(
        Math.min(COME_BACK_MS * 2 ** failures, MAX_WAIT_MS) * (0.5 + Math.random() / 2),
      );
      settings.onBreak(failure, waitMs);
      await pause(waitMs, settings.signal);
    }
  }
}

async function* readOnce(
  { url, headers, fetch, signal, silenceMs, onOpen }: StreamSettings,
  lastId: string | undefined,
): AsyncGenerator<ServerSentEvent, void> {
  const silence = new Watchdog(silenceMs);
  try {
    const response = await fetch(url, {
      headers: {
        ...headers,
        Accept: 'text/event-stream',
        ...(lastId !== undefined && { [LAST_EVENT_ID]: lastId }),
      },
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
    if (!response.ok || !response.body) throw errorOf(response, await response.text());
    if (!isEventStream(response)) {
      await response.body.cancel();
      throw errorOf(response, '');
    }
    onOpen();
    const blocks = new EventBlocks();
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      silence.restart();
      for (const block of blocks.take(decoder.decode(chunk as Uint8Array, { stream: true }))) {
        const event = parseEvent(block);
        if (event) yield event;
        // What was read before the process was suspended belongs to a stream that is opened again.
        silence.signal.throwIfAborted();
      }
    }
  } finally {
    silence.stop();
  }
}

/** At a wrong address a web page may answer 200. */
function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

/** @returns undefined: it is a comment, or sets the delay */
export function parseEvent(block: string): ServerSentEvent | undefined {
  const data: string[] = [];
  let event = 'message';
  let id: string | undefined;
  for (const line of block.split(/\r?\n/)) {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id') id = value;
  }
  return data.length === 0 ? undefined : { event, data: JSON.parse(data.join('\n')) as unknown, id };
}

/**
 * Aborts when nothing is read for too long, and when the process itself was suspended for so long that what it reads may be
 * over: it was suspended, or the machine slept.
 */
class Watchdog {
  private readonly aborting = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private lastReadAt = performance.now();
  private lastTickAt = performance.now();

  constructor(private readonly silenceMs: number) {
    this.timer = setInterval(() => {
      this.tick();
    }, TICK_MS);
  }

  get signal(): AbortSignal {
    return this.aborting.signal;
  }

  restart(): void {
    this.lastReadAt = performance.now();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const now = performance.now();
    const stoodStillMs = now - this.lastTickAt - TICK_MS;
    this.lastTickAt = now;
    if (stoodStillMs > STOOD_STILL_MS) this.abort('the process was suspended');
    else if (now - this.lastReadAt > this.silenceMs) this.abort('the stream fell silent');
  }

  private abort(why: string): void {
    this.aborting.abort(new ApiError('network', null, why));
  }
}

const TICK_MS = 500;
const STOOD_STILL_MS = 3_000;
