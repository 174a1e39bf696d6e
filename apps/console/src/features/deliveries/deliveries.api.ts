import type { Page } from '@im/contracts/api/common';
import type { Delivery, DeliveryDetail } from '@im/contracts/api/deliveries';
import type { Webhook } from '@im/contracts/api/webhooks';
import { apiGet, apiGetPage, apiPath, apiPost, type Query } from '../../shared/http/client.js';

/** Of one webhook, or of the whole app when none is named. */
export function listDeliveries(
  appKey: string,
  webhookId: string | undefined,
  query: Query,
  signal: AbortSignal,
): Promise<Page<Delivery>> {
  const path =
    webhookId === undefined
      ? apiPath`/apps/${appKey}/deliveries`
      : apiPath`/apps/${appKey}/webhooks/${webhookId}/deliveries`;
  return apiGetPage<Delivery>(path, { query, signal });
}

export const getDelivery = (appKey: string, deliveryId: string, signal: AbortSignal) =>
  apiGet<DeliveryDetail>(apiPath`/apps/${appKey}/deliveries/${deliveryId}`, { signal, isExact: true });
export const redeliver = (appKey: string, deliveryId: string) =>
  apiPost<Delivery>(apiPath`/apps/${appKey}/deliveries/${deliveryId}/redeliver`);
export const sendDeliveryNow = (appKey: string, deliveryId: string) =>
  apiPost<Delivery>(apiPath`/apps/${appKey}/deliveries/${deliveryId}/send-now`);
export const cancelDelivery = (appKey: string, deliveryId: string) =>
  apiPost<Delivery>(apiPath`/apps/${appKey}/deliveries/${deliveryId}/cancel`);
/** With everything that is masked; who asked is recorded. */
export const revealDelivery = (appKey: string, deliveryId: string) =>
  apiPost<DeliveryDetail>(apiPath`/apps/${appKey}/deliveries/${deliveryId}/reveal`, undefined, {
    isExact: true,
  });

export const getWebhook = (appKey: string, webhookId: string, signal: AbortSignal) =>
  apiGet<Webhook>(apiPath`/apps/${appKey}/webhooks/${webhookId}`, { signal });
export const listWebhooks = (appKey: string, signal: AbortSignal) =>
  apiGetPage<Webhook>(apiPath`/apps/${appKey}/webhooks`, { query: { limit: 200 }, signal });
