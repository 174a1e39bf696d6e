/** Calls a route of the API, typed by its contract: `call('GET /apps/{appKey}', { params: { appKey } })`. */
import type {
  AnswerOf,
  BodyOf,
  ComparesRevision,
  HasOptionalBody,
  PathParametersOf,
  QueryOf,
  RouteKey,
} from '@im/contracts/routes/route-types';
import { parseExactly } from '@im/contracts/exact-json';
import { send } from './client.js';

/** A query as filters have it: `''` is no filter, and is left out. */
export type Blankable<Query> = { [Name in keyof Query]: Query[Name] | '' };

type Part<Name extends string, Value, IsOptional extends boolean> = [Value] extends [never]
  ? Partial<Record<Name, never>>
  : IsOptional extends true
    ? Partial<Record<Name, Value>>
    : Record<Name, Value>;

type CallOptions<K extends RouteKey> = Part<'params', PathParametersOf<K>, false> &
  Part<'query', Blankable<QueryOf<K>>, true> &
  Part<'body', BodyOf<K>, HasOptionalBody<K>> &
  // The revision that a change is made for: after a change by another person the call fails with `precondition_failed`.
  Part<'ifRevision', ComparesRevision<K> extends true ? number : never, true> & {
    signal?: AbortSignal;
    /** Keeps the digits of numbers beyond the precision of a double: for payloads, which people compare digit by digit. */
    isExact?: boolean;
  };

type CallArguments<K extends RouteKey> =
  Partial<CallOptions<K>> extends CallOptions<K> ? [options?: CallOptions<K>] : [options: CallOptions<K>];

/** The options of any route. */
interface AnyOptions {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
  ifRevision?: number;
  signal?: AbortSignal;
  isExact?: boolean;
}

/**
 * @param key method and path of the route, parameters in braces; they are escaped
 * @returns a page as it is, of a single thing its `data`, `undefined` for an answer without body
 * @throws ApiError for every failure
 */
export async function call<K extends RouteKey>(key: K, ...[options]: CallArguments<K>): Promise<AnswerOf<K>> {
  const { params = {}, query, body, ifRevision, signal, isExact }: AnyOptions = options ?? {};
  const [method = '', path = ''] = key.split(' ');
  const answer = await send({
    method,
    url: fillPath(path, params),
    data: body ?? (method === 'POST' ? {} : undefined),
    ...(query && { params: withoutBlanks(query) }),
    ...(signal && { signal }),
    ...(isExact && { transformResponse: parseAnswer }),
    ...(ifRevision !== undefined && { headers: { 'If-Match': `"${String(ifRevision)}"` } }),
  });
  return unwrap(answer) as AnswerOf<K>;
}

function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

/** The server would refuse an empty value. */
function withoutBlanks(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
}

/** Like axios's own parser, except for the numbers: anything but JSON stays text. */
function parseAnswer(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return parseExactly(text);
  } catch {
    return text;
  }
}

/** Text is the empty body of a 204: {@link send} refuses everything else that is not JSON. */
function unwrap(answer: unknown): unknown {
  if (typeof answer !== 'object') return undefined;
  return answer && 'data' in answer && !('page' in answer) ? answer.data : answer;
}
