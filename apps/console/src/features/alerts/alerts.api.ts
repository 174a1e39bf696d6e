import type { ChangeAlertRulesRequest, PreviewAlertRulesRequest } from '@im/contracts/api/alert-rules';
import type { QueryOf } from '@im/contracts/routes/route-types';
import { call, type Blankable } from '../../shared/http/call.js';

export type AlertsQuery = Blankable<QueryOf<'GET /apps/{appKey}/alerts'>>;

export const listAlerts = (appKey: string, query: AlertsQuery, signal: AbortSignal) =>
  call('GET /apps/{appKey}/alerts', { params: { appKey }, query, signal });
export const acknowledgeAlert = (appKey: string, alertId: string) =>
  call('POST /apps/{appKey}/alerts/{alertId}/acknowledge', { params: { appKey, alertId } });
export const resolveAlert = (appKey: string, alertId: string) =>
  call('POST /apps/{appKey}/alerts/{alertId}/resolve', { params: { appKey, alertId } });

export const getAlertRules = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/alert-rules', { params: { appKey }, signal });
export const putAlertRules = (appKey: string, body: ChangeAlertRulesRequest) =>
  call('PUT /apps/{appKey}/alert-rules', { params: { appKey }, body });
/** How often the rules would have fired; changes nothing. */
export const previewAlertRules = (appKey: string, body: PreviewAlertRulesRequest, signal: AbortSignal) =>
  call('POST /apps/{appKey}/alert-rules/preview', { params: { appKey }, body, signal });
/** At most one, the newest. */
export const lastFailedDelivery = (appKey: string, webhookId: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/webhooks/{webhookId}/deliveries', {
    params: { appKey, webhookId },
    query: { status: 'failed', limit: 1 },
    signal,
  });
