/** Finds the same page of another app, with the filters that apply there. */
import type { RouteLocationNormalizedLoaded, RouteLocationRaw } from 'vue-router';
import { paths } from '../shared/navigation/paths.js';

/** Ids of one app's events, deliveries and webhooks, and cursors of its lists. */
const OF_ONE_APP = [
  'cursor',
  'open',
  'webhookId',
  'callbackId',
  'deliveryId',
  'attempt',
  'eventId',
  'messageId',
  'conversationId',
  'userId',
  'q',
  'as',
];

export function pageOfApp(route: RouteLocationNormalizedLoaded, appKey: string): RouteLocationRaw {
  const query = Object.fromEntries(
    Object.entries(route.query).filter(([name]) => !OF_ONE_APP.includes(name)),
  );
  const pattern = route.matched.at(-1)?.path ?? '';
  // The other app has other webhooks and sources, so the app's log and the lists are opened instead.
  if (pattern.endsWith('/:webhookId/deliveries')) return { path: paths.appDeliveries(appKey), query };
  if (pattern.includes('/:webhookId')) return paths.webhooks(appKey);
  if (pattern.includes('/:sourceId')) return paths.sources(appKey);
  return { path: pattern.replace(':appKey', encodeURIComponent(appKey)), query };
}
