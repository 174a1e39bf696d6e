/**
 * Measures what people read with ten million deliveries and a year of statistics behind: charts, events by each filter,
 * traces, searches. Then a steady load shows that delivering is no slower.
 */
import type { CaseResult, Figure } from '../report/case-result.js';
import { conversationIdAt, messageIdAt, sampleIds, userIdAt } from '../tables/seed-deliveries.js';
import { seedCounts } from '../tables/seed-counts.js';
import type { Window } from './load-window.js';
import {
  EVENT_FILTERS,
  figureOf,
  measurePages,
  measureQuery,
  queriesOf,
  worstOf,
  type Query,
  type QueryMeasure,
} from './log-queries.js';
import { measureHealthy } from './measure-healthy.js';
import type { Scene } from './scene.js';
import { narrowToOne, openSeededLog, type SeedOptions } from './seeded-log.js';

const WANTED_MS = 100;
const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
/** A year of UTC's days is read from rows of days; of other zones also from shorter ones. */
const TIME_ZONES = ['UTC', 'Asia/Shanghai'];

export interface DeepPlan extends SeedOptions {
  /** Of each kind. */
  requests: number;
}

interface Asked {
  path: () => string;
  query: Query;
}

export async function runDeep(scene: Scene, window: Window, options: DeepPlan): Promise<CaseResult> {
  const { deliveries, requests, onProgress } = options;
  const { webhookIds, token, seededSeconds } = await openSeededLog(scene, {
    ...options,
    seedMore: async (databaseUrl, ids) => {
      onProgress('seeding a year of statistics');
      await seedCounts({ databaseUrl, deliveries, webhookIds: ids, days: YEAR_DAYS });
    },
  });
  const { apiUrl, databaseUrl } = scene.deployment;
  const reading = { apiUrl, token, requests };
  const ids = await sampleIds(databaseUrl, requests);
  const events = `/apps/${scene.appKey}/events`;
  const figures: Figure[] = [];
  const notes = [`${deliveries.toLocaleString('en')} deliveries seeded in ${seededSeconds.toFixed(0)} s`];
  const note = (name: string, measured: QueryMeasure | null): void => {
    if (measured === null) notes.push(`${name}: not there yet (422)`);
    else figures.push(figureOf(name, measured, WANTED_MS));
  };
  for (const [name, asked] of Object.entries(statisticsOf(scene.appKey, webhookIds))) {
    onProgress(`  reading ${name}`);
    note(name, await measureQuery({ ...reading, ...asked }, checkCounted));
  }
  onProgress('  reading events and traces');
  for (const [filter, query] of Object.entries(queriesOf(ids, deliveries))) {
    if (!EVENT_FILTERS.has(filter)) continue;
    note(`events by ${filter}`, await measurePages({ ...reading, path: () => events, query }));
  }
  for (const [name, query] of Object.entries(tracesOf(ids, deliveries))) {
    const path = (): string => `/apps/${scene.appKey}/trace`;
    note(`trace by ${name}`, await measureQuery({ ...reading, path, query }, () => undefined));
  }
  onProgress('  delivering');
  await narrowToOne(scene, webhookIds);
  const live = await measureHealthy(scene, window);
  return {
    name: 'deep',
    figures: [
      worstOf(figures),
      ...figures,
      { name: 'live p99', value: live.p99Ms, unit: 'ms', remark: `p50 ${live.p50Ms.toFixed(1)} ms` },
      { name: 'server memory at most', value: await scene.peakResidentMiB(), unit: 'MiB' },
    ],
    integrity: live.integrity,
    cpuSecondsPer1000: live.cpuSecondsPer1000,
    notes,
  };
}

function statisticsOf(appKey: string, webhookIds: readonly string[]): Record<string, Asked> {
  const routes = {
    'the app': () => `/apps/${appKey}/stats`,
    'a webhook': () => {
      const webhookId = webhookIds[Math.floor(Math.random() * webhookIds.length)] ?? '';
      return `/apps/${appKey}/webhooks/${webhookId}/stats`;
    },
  };
  const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();
  const spans: Record<string, Record<string, string>> = {
    'a month by the day': { period: 'day' },
    'a month by the hour': { period: 'hour', from: daysAgo(30) },
    'a year by the day': { period: 'day', from: daysAgo(YEAR_DAYS - 1) },
    'a year by the week': { period: 'week', from: daysAgo(YEAR_DAYS - 1) },
    'a year by the month': { period: 'month' },
  };
  const asked: Record<string, Asked> = {};
  for (const [route, path] of Object.entries(routes)) {
    for (const [span, query] of Object.entries(spans)) {
      for (const timeZone of TIME_ZONES) {
        asked[`statistics of ${route}, ${span}, ${timeZone}`] = {
          path,
          query: () => ({ ...query, timeZone }),
        };
      }
    }
  }
  return asked;
}

/** An empty chart would be fast. */
function checkCounted(text: string): void {
  const { data } = JSON.parse(text) as { data: { overall: { total: number; p95Ms: number | null } } };
  if (data.overall.total === 0 || data.overall.p95Ms === null) throw new Error('the statistics are empty');
}

function tracesOf(ids: Awaited<ReturnType<typeof sampleIds>>, deliveries: number): Record<string, Query> {
  const anyOf = () => ids[Math.floor(Math.random() * ids.length)] ?? { callbackId: '', eventId: '' };
  return {
    messageId: () => ({ messageId: messageIdAt(Math.random(), deliveries) }),
    callbackId: () => ({ callbackId: anyOf().callbackId }),
    eventId: () => ({ eventId: anyOf().eventId }),
    conversationId: () => ({ conversationId: conversationIdAt(Math.random()) }),
    userId: () => ({ userId: userIdAt(Math.random()) }),
  };
}
