/** Format `standard-webhooks`: `{type,timestamp,data}`, as the Standard Webhooks specification 1.0 recommends. */
import type { CallbackDelivery } from './callback.js';

export const STANDARD_WEBHOOKS_CONTENT_TYPE = 'application/json; charset=utf-8';

/** The payload's text is spliced in unread. */
export function standardWebhooksEntry({ event, occurredAt, payload }: CallbackDelivery): string {
  return `{"type":${JSON.stringify(event)},"timestamp":"${occurredAt.toISOString()}","data":${payload}}`;
}

/** In a batch no header can name the event for its receiver to drop duplicates by, so the entry does. */
export function standardWebhooksBatchEntry(delivery: CallbackDelivery): string {
  return `{"id":${JSON.stringify(delivery.callbackId)},${standardWebhooksEntry(delivery).slice(1)}`;
}
