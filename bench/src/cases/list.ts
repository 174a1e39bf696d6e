/** Measures a page of 50 of the delivery log, and of the events, by each filter alone, among ten million deliveries. */
import type { Delivery } from '@im/contracts/api/deliveries';
import type { Page } from '@im/contracts/api/common';
import { quantile } from '../report/quantile.js';
import type { CaseResult, Figure } from '../report/case-result.js';
import {
  conversationIdAt,
  ERROR_SHARES,
  EVENT_SHARES,
  KIND_SHARES,
  messageIdAt,
  RESPONSE_STATUSES,
  sampleIds,
  SEEDED_DAYS,
  STATUS_SHARES,
  userIdAt,
  type SeededIds,
} from '../tables/seed-deliveries.js';
import type { Scene } from './scene.js';
import { openSeededLog, type SeedOptions } from './seeded-log.js';

const PAGE = 50;
const REQUESTS_PER_FILTER = 100;
const MAX_PER_FILTER_MS = 15_000;
const WANTED_MS = 50;
const DAY_MS = 86_400_000;

/** A filter's query string, a new one each time. */
type Query = () => Record<string, string>;

export async function runList(scene: Scene, { deliveries, onProgress }: SeedOptions): Promise<CaseResult> {
  const { webhookIds, token, seededSeconds } = await openSeededLog(scene, { deliveries, onProgress });
  const { databaseUrl } = scene.deployment;
  const queries = queriesOf(await sampleIds(databaseUrl, REQUESTS_PER_FILTER), deliveries);
  const figures: Figure[] = [];
  const notes = [`${deliveries.toLocaleString('en')} deliveries seeded in ${seededSeconds.toFixed(0)} s`];
  for (const [filter, query] of Object.entries(queries)) {
    for (const [route, path] of Object.entries(routesOf(scene.appKey, webhookIds))) {
      if (route === 'events' && !EVENT_FILTERS.has(filter)) continue;
      const measured = await measureFilter(scene.deployment.apiUrl, path, token, query);
      if (measured === null) notes.push(`filter ${filter}, ${route}: not there yet (422)`);
      else figures.push(figureOf(`${filter}, ${route}`, measured));
    }
  }
  return {
    name: 'list',
    figures: [worstOf(figures), ...figures],
    integrity: null,
    cpuSecondsPer1000: {},
    notes,
  };
}

function routesOf(appKey: string, webhookIds: readonly string[]): Record<string, () => string> {
  const webhookId = (): string => webhookIds[Math.floor(Math.random() * webhookIds.length)] ?? '';
  return {
    app: () => `/api/v1/apps/${appKey}/deliveries`,
    webhook: () => `/api/v1/apps/${appKey}/webhooks/${webhookId()}/deliveries`,
    events: () => `/api/v1/apps/${appKey}/events`,
  };
}

function queriesOf(ids: readonly SeededIds[], deliveries: number): Record<string, Query> {
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
const EVENT_FILTERS: ReadonlySet<string> = new Set([
  ...['none', 'event', 'family', 'from', 'to', 'messageId', 'conversationId', 'userId', 'q'],
]);

interface FilterMeasure {
  durationsMs: number[];
  slowestQuery: string;
}

/** Null when the API does not know the filter. */
async function measureFilter(
  apiUrl: string,
  path: () => string,
  token: string,
  query: Query,
): Promise<FilterMeasure | null> {
  const durationsMs: number[] = [];
  let slowestQuery = '';
  const endsAt = performance.now() + MAX_PER_FILTER_MS;
  while (durationsMs.length < REQUESTS_PER_FILTER && performance.now() < endsAt) {
    const filter = new URLSearchParams(query()).toString();
    const startedAt = performance.now();
    const response = await fetch(`${apiUrl}${path()}?limit=${PAGE}&${filter}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await response.text();
    if (response.status === 422) return null;
    if (!response.ok) throw new Error(`${path()}?${filter} answers ${response.status}: ${text}`);
    if ((JSON.parse(text) as Page<Delivery>).data.length > PAGE)
      throw new Error(`${filter}: more than a page`);
    const durationMs = performance.now() - startedAt;
    if (durationMs >= Math.max(0, ...durationsMs)) slowestQuery = filter;
    durationsMs.push(durationMs);
  }
  return { durationsMs, slowestQuery };
}

function figureOf(name: string, { durationsMs, slowestQuery }: FilterMeasure): Figure {
  const [p50, slowest] = [0.5, 1].map((share) => quantile(durationsMs, share).toFixed(1));
  return {
    name: `p95 by ${name}`,
    value: quantile(durationsMs, 0.95),
    unit: 'ms',
    wanted: `<= ${WANTED_MS}`,
    remark: `p50 ${p50} ms; slowest ${slowest} ms: ${slowestQuery}; ${durationsMs.length} pages`,
  };
}

function worstOf(figures: readonly Figure[]): Figure {
  const worst = figures.reduce((most, figure) => (figure.value > most.value ? figure : most));
  return { ...worst, name: 'worst p95', remark: worst.name };
}
