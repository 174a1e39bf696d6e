/** Measures a page of 50 of the delivery log, and of the events, by each filter alone, among ten million deliveries. */
import type { CaseResult, Figure } from '../report/case-result.js';
import { sampleIds } from '../tables/seed-deliveries.js';
import { EVENT_FILTERS, figureOf, measurePages, queriesOf, worstOf } from './log-queries.js';
import type { Scene } from './scene.js';
import { openSeededLog, type SeedOptions } from './seeded-log.js';

const REQUESTS = 100;
const WANTED_MS = 50;

export async function runList(scene: Scene, { deliveries, onProgress }: SeedOptions): Promise<CaseResult> {
  const { webhookIds, token, seededSeconds } = await openSeededLog(scene, { deliveries, onProgress });
  const { databaseUrl } = scene.deployment;
  const queries = queriesOf(await sampleIds(databaseUrl, REQUESTS), deliveries);
  const figures: Figure[] = [];
  const notes = [`${deliveries.toLocaleString('en')} deliveries seeded in ${seededSeconds.toFixed(0)} s`];
  for (const [filter, query] of Object.entries(queries)) {
    for (const [route, path] of Object.entries(routesOf(scene.appKey, webhookIds))) {
      if (route === 'events' && !EVENT_FILTERS.has(filter)) continue;
      const measured = await measurePages({
        apiUrl: scene.deployment.apiUrl,
        token,
        path,
        query,
        requests: REQUESTS,
      });
      if (measured === null) notes.push(`filter ${filter}, ${route}: not there yet (422)`);
      else figures.push(figureOf(`by ${filter}, ${route}`, measured, WANTED_MS));
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
    app: () => `/apps/${appKey}/deliveries`,
    webhook: () => `/apps/${appKey}/webhooks/${webhookId()}/deliveries`,
    events: () => `/apps/${appKey}/events`,
  };
}
