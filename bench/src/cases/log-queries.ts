/** Reads pages of a seeded log by each filter alone, and measures how long the answers take. */
import type { Page } from '@im/contracts/api/common';
import type { Delivery } from '@im/contracts/api/deliveries';
import { quantile } from '../report/quantile.js';
import type { Figure } from '../report/case-result.js';
import {
  conversationIdAt,
  ERROR_SHARES,
  EVENT_SHARES,
  KIND_SHARES,
  messageIdAt,
  RESPONSE_STATUSES,
  SEEDED_DAYS,
  STATUS_SHARES,
  userIdAt,
  type SeededIds,
} from '../tables/seed-deliveries.js';

const PAGE = 50;
const MAX_PER_QUERY_MS = 15_000;
const TOO_BROAD = '"search_too_broad"';
const ANSWER_WITHIN_MS = 60_000;
const DAY_MS = 86_400_000;

/** A query string, a new one each time. */
export type Query = () => Record<string, string>;

export function queriesOf(ids: readonly SeededIds[], deliveries: number): Record<string, Query> {
  const oneOf = (values: readonly (string | number)[]): string =>
    String(values[Math.floor(Math.random() * values.length)]);
  const anyId = (): SeededIds =>
    ids[Math.floor(Math.random() * ids.length)] ?? { callbackId: '', eventId: '' };
  const anInstant = (): string => new Date(Date.now() - Math.random() * SEEDED_DAYS * DAY_MS).toISOString();
  return {
    none: () => ({}),
    status: () => ({ status: oneOf(['pending', ...Object.keys(STATUS_SHARES)]) }),
    event: () => ({ event: oneOf(Object.keys(EVENT_SHARES)) }),
    family: () => ({ event: 'message.*' }),
    'oldest first': () => ({ order: 'asc' }),
    kind: () => ({ kind: oneOf(Object.keys(KIND_SHARES)) }),
    responseStatus: () => ({ responseStatus: oneOf([...RESPONSE_STATUSES, 418]) }),
    errorClass: () => ({ errorClass: oneOf([...Object.keys(ERROR_SHARES), 'gone']) }),
    from: () => ({ from: anInstant() }),
    to: () => ({ to: anInstant() }),
    callbackId: () => ({ callbackId: anyId().callbackId }),
    eventId: () => ({ eventId: anyId().eventId }),
    messageId: () => ({ messageId: messageIdAt(Math.random(), deliveries) }),
    conversationId: () => ({ conversationId: conversationIdAt(Math.random()) }),
    userId: () => ({ userId: userIdAt(Math.random()) }),
    q: () => ({
      q: oneOf([
        messageIdAt(Math.random(), deliveries),
        conversationIdAt(Math.random()),
        userIdAt(Math.random()),
      ]),
    }),
  };
}

/** The filters that events have too. */
export const EVENT_FILTERS: ReadonlySet<string> = new Set([
  ...['none', 'event', 'family', 'from', 'to', 'messageId', 'conversationId', 'userId', 'q'],
]);

export interface Reading {
  apiUrl: string;
  token: string;
  /** Of the route, below the API's prefix; a new one each time. */
  path: () => string;
  query: Query;
  /** How often to ask; less often when the answers take long. */
  requests: number;
}

export interface QueryMeasure {
  durationsMs: number[];
  slowestQuery: string;
}

/** Reads a page of 50. Null when the API does not know the filter. */
export function measurePages(reading: Reading): Promise<QueryMeasure | null> {
  const query: Query = () => ({ limit: String(PAGE), ...reading.query() });
  return measureQuery({ ...reading, query }, (text) => {
    if ((JSON.parse(text) as Page<Delivery>).data.length > PAGE) throw new Error('more than a page');
  });
}

/**
 * Asks the same of a route again and again, with other values.
 *
 * @param check of the answer's body; throws when it is wrong
 * @returns null when the API does not know the query
 */
export async function measureQuery(
  { apiUrl, token, path, query, requests }: Reading,
  check: (text: string) => void,
): Promise<QueryMeasure | null> {
  const measure: QueryMeasure = { durationsMs: [], slowestQuery: '' };
  const endsAt = performance.now() + MAX_PER_QUERY_MS;
  while (measure.durationsMs.length < requests && performance.now() < endsAt) {
    const asked = new URLSearchParams(query()).toString();
    const url = `${apiUrl}/api/v1${path()}?${asked}`;
    const startedAt = performance.now();
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    // The service ended it because it took too long: as slow as it can be, but known.
    const wasTooBroad = response.status === 422 && text.includes(TOO_BROAD);
    if (response.status === 422 && !wasTooBroad) return null;
    if (!response.ok && !wasTooBroad) throw new Error(`${url} answers ${String(response.status)}: ${text}`);
    if (response.ok) check(text);
    const durationMs = performance.now() - startedAt;
    if (durationMs >= Math.max(0, ...measure.durationsMs)) measure.slowestQuery = asked;
    measure.durationsMs.push(durationMs);
  }
  return measure;
}

export function figureOf(
  name: string,
  { durationsMs, slowestQuery }: QueryMeasure,
  wantedMs: number,
): Figure {
  const [p50 = '', slowest = ''] = [0.5, 1].map((share) => quantile(durationsMs, share).toFixed(1));
  return {
    name: `p95 ${name}`,
    value: quantile(durationsMs, 0.95),
    unit: 'ms',
    wanted: `<= ${String(wantedMs)}`,
    remark: `p50 ${p50} ms; slowest ${slowest} ms: ${slowestQuery}; ${String(durationsMs.length)} answers`,
  };
}

export function worstOf(figures: readonly Figure[]): Figure {
  const worst = figures.reduce((most, figure) => (figure.value > most.value ? figure : most));
  return { ...worst, name: 'worst p95', remark: worst.name };
}
