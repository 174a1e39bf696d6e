import type { Page } from '@im/contracts/api/common';
import type { Delivery, RedeliverManyRequest } from '@im/contracts/api/deliveries';
import type { WebhookStatistics } from '@im/contracts/api/statistics';
import type { QueryOf } from '@im/contracts/routes/route-types';
import { call, type Blankable } from '../../shared/http/call.js';
import { addressOf } from '../../shared/http/service-address.js';

export type DeliveriesQuery = Blankable<QueryOf<'GET /apps/{appKey}/deliveries'>>;

/** Of one webhook, or of the whole app when none is named. */
export function listDeliveries(
  appKey: string,
  webhookId: string | undefined,
  query: DeliveriesQuery,
  signal: AbortSignal,
): Promise<Page<Delivery>> {
  return webhookId === undefined
    ? call('GET /apps/{appKey}/deliveries', { params: { appKey }, query, signal })
    : call('GET /apps/{appKey}/webhooks/{webhookId}/deliveries', {
        params: { appKey, webhookId },
        query,
        signal,
      });
}

export const redeliverMany = (appKey: string, body: RedeliverManyRequest) =>
  call('POST /apps/{appKey}/deliveries/redeliver', { params: { appKey }, body });

/** Deliveries over time, of one webhook or of the whole app. */
export function getLogStatistics(
  appKey: string,
  webhookId: string | undefined,
  query: QueryOf<'GET /apps/{appKey}/stats'>,
  signal: AbortSignal,
): Promise<WebhookStatistics> {
  return webhookId === undefined
    ? call('GET /apps/{appKey}/stats', { params: { appKey }, query, signal })
    : call('GET /apps/{appKey}/webhooks/{webhookId}/stats', { params: { appKey, webhookId }, query, signal });
}

/** Where the browser downloads what the filters match. */
export function exportUrl(
  appKey: string,
  webhookId: string | undefined,
  query: DeliveriesQuery,
  format: 'csv' | 'ndjson',
): string {
  const ofWebhook = webhookId === undefined ? '' : `/webhooks/${encodeURIComponent(webhookId)}`;
  const given = Object.entries({ ...query, format }).flatMap(([name, value]) =>
    value === '' ? [] : [[name, String(value)]],
  );
  const parameters = new URLSearchParams(given).toString();
  return addressOf(`/api/v1/apps/${encodeURIComponent(appKey)}${ofWebhook}/deliveries/export?${parameters}`);
}

export const getDelivery = (appKey: string, deliveryId: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/deliveries/{deliveryId}', {
    params: { appKey, deliveryId },
    signal,
    isExact: true,
  });
/** Unmasked; the request is recorded. */
export const revealDelivery = (appKey: string, deliveryId: string) =>
  call('POST /apps/{appKey}/deliveries/{deliveryId}/reveal', {
    params: { appKey, deliveryId },
    isExact: true,
  });
/** A `test.ping`, sent at once. */
export const sendTest = (appKey: string, webhookId: string) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/test', { params: { appKey, webhookId } });
