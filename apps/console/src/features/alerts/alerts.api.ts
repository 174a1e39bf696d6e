import type { Alert } from '@im/contracts/api/alerts';
import type { Webhook } from '@im/contracts/api/webhooks';
import { apiGetPage, apiPath, apiPost, type Query } from '../../shared/http/client.js';

export const listAlerts = (appKey: string, query: Query, signal: AbortSignal) =>
  apiGetPage<Alert>(apiPath`/apps/${appKey}/alerts`, { query, signal });
export const acknowledgeAlert = (appKey: string, alertId: string) =>
  apiPost<Alert>(apiPath`/apps/${appKey}/alerts/${alertId}/acknowledge`);
export const resolveAlert = (appKey: string, alertId: string) =>
  apiPost<Alert>(apiPath`/apps/${appKey}/alerts/${alertId}/resolve`);

/** For the filter. */
export const listWebhooks = (appKey: string, signal: AbortSignal) =>
  apiGetPage<Webhook>(apiPath`/apps/${appKey}/webhooks`, { query: { limit: 200 }, signal });
