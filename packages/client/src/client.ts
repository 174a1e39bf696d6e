/** Calls the API, typed by its routes: `client.call('GET /apps/{appKey}/webhooks', { params: { appKey } })`. */
import type { AnswerOf, RouteKey } from '@im/contracts/routes/route-types';
import type {
  AnyOptions,
  CallArguments,
  ItemOf,
  ListArguments,
  ListKey,
  StreamKey,
  StreamOptions,
} from './call-types.js';
import { readEvents, type ServerSentEvent } from './event-stream.js';
import { fillPath, queryText } from './fill-path.js';
import { isRepeatable, newIdempotencyKey, withEventIds } from './idempotency.js';
import {
  AlertLists,
  AppLists,
  DeliveryLists,
  EventLists,
  EventTypeLists,
  SourceLists,
  WebhookLists,
} from './lists.js';
import { send, type Sending } from './send.js';

export interface ClientOptions {
  /** Of the service, such as `https://callbacks.example.com`; a path before `/api` stays. */
  url: string;
  /** An API token, `imk_…`. */
  token: string;
  /** Further requests when one fails and that helps. Default: 4. */
  retries?: number;
  /** The longest wait that the service may ask for with `Retry-After`. Default: a minute. */
  maxRetryAfterMs?: number;
  /** Of each request. Default: 30 s. */
  timeoutMs?: number;
  /** Ends every call; the signal of a call ends that one besides. */
  signal?: AbortSignal | undefined;
  /** Added to every request. */
  headers?: Record<string, string>;
  /** Instead of the global one. */
  fetch?: typeof fetch;
}

const API_BASE = '/api/v1';
const DEFAULTS = { retries: 4, maxRetryAfterMs: 60_000, timeoutMs: 30_000 };
/** The service says something every 15 s at least. */
const SILENCE_MS = 20_000;

export class Client {
  readonly alerts = new AlertLists(this);
  readonly apps = new AppLists(this);
  readonly deliveries = new DeliveryLists(this);
  readonly events = new EventLists(this);
  readonly eventTypes = new EventTypeLists(this);
  readonly sources = new SourceLists(this);
  readonly webhooks = new WebhookLists(this);
  private readonly base: string;
  private readonly sending: Sending;
  private readonly headers: Record<string, string>;
  private readonly signal: AbortSignal | undefined;

  /** @throws TypeError when the URL is invalid */
  constructor({ url, token, signal, headers = {}, ...options }: ClientOptions) {
    this.base = new URL(url).href.replace(/\/+$/, '') + API_BASE;
    this.sending = { ...DEFAULTS, ...options, fetch: options.fetch ?? fetch };
    this.signal = signal;
    this.headers = { ...headers, Authorization: `Bearer ${token}`, Accept: 'application/json' };
  }

  /**
   * @param key method and path of the route, parameters in braces; they are escaped
   * @returns a page unchanged, the `data` of a single resource, `undefined` for an answer without a body
   * @throws ApiError; the signal's reason when it was aborted
   */
  async call<K extends RouteKey>(key: K, ...[options]: CallArguments<K>): Promise<AnswerOf<K>> {
    const { params = {}, query = {}, body, ifRevision, signal, idempotencyKey }: AnyOptions = options ?? {};
    const [method = '', path = ''] = key.split(' ');
    const sent = withEventIds(key, body ?? (method === 'POST' ? {} : undefined));
    const oneKey = method === 'POST' ? (idempotencyKey ?? newIdempotencyKey(key)) : undefined;
    const answer = await send(
      {
        method,
        url: this.base + fillPath(path, params) + queryText(query),
        headers: {
          ...this.headers,
          ...(sent !== undefined && { 'Content-Type': 'application/json' }),
          ...(ifRevision !== undefined && { 'If-Match': `"${String(ifRevision)}"` }),
          ...(oneKey !== undefined && { 'Idempotency-Key': oneKey }),
        },
        ...(sent !== undefined && { body: JSON.stringify(sent) }),
        isRepeatable: isRepeatable(key) || idempotencyKey !== undefined,
        signal: eitherOf(signal, this.signal),
      },
      this.sending,
    );
    return unwrap(answer) as AnswerOf<K>;
  }

  /**
   * Iterates over a list, page by page as they are needed.
   *
   * @throws ApiError, see {@link call}
   */
  async *list<K extends ListKey>(key: K, ...[options]: ListArguments<K>): AsyncGenerator<ItemOf<K>, void> {
    const { query, ...others }: AnyOptions = options ?? {};
    let cursor: string | undefined;
    do {
      const page = { ...others, query: { ...query, cursor } } as unknown as CallArguments<K>[0];
      const answer = await this.call(key, ...([page] as unknown as CallArguments<K>));
      const { data, page: at } = answer as { data: ItemOf<K>[]; page: { nextCursor: string | null } };
      yield* data;
      cursor = at.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /**
   * Reads server-sent events for as long as it is iterated; a stream that ends or breaks is opened again.
   *
   * @throws ApiError when the service refused the request for good; the signal's reason when it was aborted
   */
  stream<K extends StreamKey>(key: K, options: StreamOptions<K>): AsyncGenerator<ServerSentEvent, never> {
    const [, path = ''] = key.split(' ');
    return readEvents({
      url: this.base + fillPath(path, options.params),
      headers: this.headers,
      fetch: this.sending.fetch,
      signal: eitherOf(options.signal, this.signal),
      silenceMs: options.silenceMs ?? SILENCE_MS,
      onOpen: options.onOpen ?? (() => undefined),
      onBreak: options.onBreak ?? (() => undefined),
    });
  }
}

function eitherOf(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one && other ? AbortSignal.any([one, other]) : (one ?? other);
}

function unwrap(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  return 'data' in answer && !('page' in answer) ? answer.data : answer;
}
