/** Derives the arguments of a call from its route; nothing here exists at run time. */
import type { ApiError } from './api-error.js';
import type {
  AnswerOf,
  BodyOf,
  ComparesRevision,
  HasOptionalBody,
  ParameterOf,
  PathParametersOf,
  QueryOf,
  RouteKey,
} from '@im/contracts/routes/route-types';

type Part<Name extends string, Value, IsOptional extends boolean> = [Value] extends [never]
  ? Partial<Record<Name, never>>
  : IsOptional extends true
    ? Partial<Record<Name, Value>>
    : Record<Name, Value>;

export type CallOptions<K extends RouteKey> = Part<'params', PathParametersOf<K>, false> &
  Part<'query', QueryOf<K>, true> &
  Part<'body', BodyOf<K>, HasOptionalBody<K>> &
  // The revision that a change is made for: after another change the call fails with `precondition_failed`.
  Part<'ifRevision', ComparesRevision<K> extends true ? number : never, true> & {
    signal?: AbortSignal;
    /** Of a POST; absent: each call has its own. Calls with the same key take effect once. */
    idempotencyKey?: string;
  };

export type CallArguments<K extends RouteKey> =
  Partial<CallOptions<K>> extends CallOptions<K> ? [options?: CallOptions<K>] : [options: CallOptions<K>];

/** The options of any route. */
export interface AnyOptions {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
  ifRevision?: number;
  signal?: AbortSignal;
  idempotencyKey?: string;
}

/** The routes that answer a page of a list with a cursor. */
export type ListKey = {
  [K in RouteKey]: AnswerOf<K> extends { data: unknown[]; page: { nextCursor: string | null } } ? K : never;
}[RouteKey];

/** An item of the list. */
export type ItemOf<K extends ListKey> = AnswerOf<K> extends { data: (infer Item)[] } ? Item : never;

/** The filters of the list, without what the iteration sets. */
export type FiltersOf<K extends ListKey> = Omit<QueryOf<K>, 'cursor'>;

export type ListOptions<K extends ListKey> = Part<'params', PathParametersOf<K>, false> & {
  query?: FiltersOf<K>;
  signal?: AbortSignal;
};

export type ListArguments<K extends ListKey> =
  Partial<ListOptions<K>> extends ListOptions<K> ? [options?: ListOptions<K>] : [options: ListOptions<K>];

/** The routes that answer server-sent events. */
export type StreamKey = 'GET /apps/{appKey}/live' | 'GET /apps/{appKey}/tunnels/{tunnelId}/requests';

export interface StreamOptions<K extends StreamKey> {
  params: Readonly<Record<ParameterOf<K>, string>>;
  signal?: AbortSignal;
  /** Called each time the stream is open. */
  onOpen?: () => void;
  /** Called when it ended (null) or broke; the next try comes after the wait. */
  onBreak?: (error: ApiError | null, waitMs: number) => void;
  /** A stream without any byte for this long is opened again. Default: 20 s. */
  silenceMs?: number;
}
