/** Receives requests: verifies, parses, drops duplicates, calls the handlers, answers. Knows no framework. */
import { allow, type BeforeAnswer } from './before-answer.js';
import { CallbackError } from './errors.js';
import type { HeaderSource } from './headers.js';
import { printJson } from './json.js';
import { parseCallbacks, type Callback, type CallbackRequest } from './parse.js';
import { MemorySeenStore, type SeenStore } from './seen-store.js';
import { DEFAULT_WINDOW_MS, secretsOf, verify, type VerifyOptions } from './verify.js';

/** A batch has at most 100 events of 256 KiB. */
const DEFAULT_MAX_BODY_BYTES = 32 * 1_048_576;

/** Longer than a redelivery is likely to come. */
const KEEP_MS = 7 * 24 * 60 * 60 * 1000;

export interface ReceiverOptions extends VerifyOptions {
  /**
   * Called once for each event. What takes longer than the webhook's timeout belongs in your own queue. When it
   * throws, the answer is 500 and the event is retried.
   */
  onEvent: (callback: Callback, request: CallbackRequest) => Promise<void> | void;
  /** Decides before an event happens. Default: everything is allowed. */
  onBefore?: (question: Callback) => Promise<BeforeAnswer> | BeforeAnswer;
  /** By `callbackId`. Default: in memory. */
  handled?: SeenStore;
  /** By nonce, so that no request is accepted twice. Default: in memory. */
  nonces?: SeenStore;
  maxBodyBytes?: number;
  /** Told of requests that are refused. */
  onRefused?: (error: CallbackError) => void;
  /** Told of errors of the handlers and stores. Default: `console.error`. */
  onError?: (error: unknown) => void;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Receiver {
  readonly maxBodyBytes: number;
  /** @param rawBody the bytes as received, before anything parses them */
  handle: (headers: HeaderSource, rawBody: Uint8Array) => Promise<Answer>;
}

/** @throws TypeError without a secret */
export function createReceiver(options: ReceiverOptions): Receiver {
  secretsOf(options.secrets);
  const now = options.now ?? Date.now;
  const stores: Stores = {
    handled: options.handled ?? new MemorySeenStore(100_000, now),
    nonces: options.nonces ?? new MemorySeenStore(100_000, now),
  };
  return {
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    handle: async (headers, rawBody) => {
      try {
        return await receive(options, stores, headers, rawBody);
      } catch (error) {
        if (error instanceof CallbackError) {
          options.onRefused?.(error);
          return answer(error.status, { error: error.code });
        }
        // eslint-disable-next-line no-console -- a handler's error must not vanish
        (options.onError ?? console.error)(error);
        return answer(500, { error: 'failed' });
      }
    },
  };
}

interface Stores {
  handled: SeenStore;
  nonces: SeenStore;
}

async function receive(
  options: ReceiverOptions,
  stores: Stores,
  headers: HeaderSource,
  rawBody: Uint8Array,
): Promise<Answer> {
  const { replayKey } = verify(headers, rawBody, options);
  const once = () => handleRequest(options, stores.handled, parseCallbacks(headers, rawBody));
  if (replayKey === null) return once();
  const seen = await stores.nonces.begin(replayKey, 2 * (options.windowMs ?? DEFAULT_WINDOW_MS));
  if (seen === 'done') throw new CallbackError('replayed', 'the request was received before');
  return seen === 'busy' ? busy() : finished(stores.nonces, replayKey, once);
}

/** A failed request may be repeated unchanged. */
async function finished(nonces: SeenStore, key: string, work: () => Promise<Answer>): Promise<Answer> {
  let result: Answer | undefined;
  try {
    result = await work();
    return result;
  } finally {
    if (result && result.status < 300) await nonces.finish(key);
    else await nonces.abandon(key);
  }
}

async function handleRequest(
  { onEvent, onBefore = allow }: ReceiverOptions,
  handled: SeenStore,
  request: CallbackRequest,
): Promise<Answer> {
  const [first] = request.callbacks;
  if (request.kind === 'before' && first) return answer(200, await onBefore(first));
  const begun = new Map<string, Callback>();
  try {
    for (const callback of request.callbacks) {
      if (begun.has(callback.callbackId)) continue;
      const seen = await handled.begin(callback.callbackId, KEEP_MS);
      if (seen === 'busy') return busy();
      if (seen === 'new') begun.set(callback.callbackId, callback);
    }
    for (const [callbackId, callback] of [...begun]) {
      await onEvent(callback, request);
      await handled.finish(callbackId);
      begun.delete(callbackId);
    }
    return { status: 204, headers: {}, body: '' };
  } finally {
    for (const callbackId of begun.keys()) await handled.abandon(callbackId);
  }
}

/** The other one may still fail, so this one must not count as delivered. */
function busy(): Answer {
  return answer(503, { error: 'busy' }, { 'Retry-After': '1' });
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: printJson(body) };
}
