import type { AlertSettings, ChangeAlertRulesRequest } from '@im/contracts/api/alert-rules';
import type { Alert } from '@im/contracts/api/alerts';
import type { Webhook } from '@im/contracts/api/webhooks';
import { apiGet, apiGetPage, apiPath, apiPost, apiPut, type Query } from '../../shared/http/client.js';

export const listAlerts = (appKey: string, query: Query, signal: AbortSignal) =>
  apiGetPage<Alert>(apiPath`/apps/${appKey}/alerts`, { query, signal });
export const acknowledgeAlert = (appKey: string, alertId: string) =>
  apiPost<Alert>(apiPath`/apps/${appKey}/alerts/${alertId}/acknowledge`);
export const resolveAlert = (appKey: string, alertId: string) =>
  apiPost<Alert>(apiPath`/apps/${appKey}/alerts/${alertId}/resolve`);

export const getAlertRules = (appKey: string, signal: AbortSignal) =>
  apiGet<AlertSettings>(apiPath`/apps/${appKey}/alert-rules`, { signal });
export const putAlertRules = (appKey: string, request: ChangeAlertRulesRequest) =>
  apiPut<AlertSettings>(apiPath`/apps/${appKey}/alert-rules`, request);

/** For the filter. */
export const listWebhooks = (appKey: string, signal: AbortSignal) =>
  apiGetPage<Webhook>(apiPath`/apps/${appKey}/webhooks`, { query: { limit: 200 }, signal });
