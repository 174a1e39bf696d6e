/** Format `flat`: event, time and ids beside the payload, in snake_case. */
import type { BodyTarget, CallbackDelivery } from './callback.js';

/** The payload's text is spliced in unread, as in the format `im`. */
export function flatEntry({ webhookId }: BodyTarget, delivery: CallbackDelivery): string {
  const { event, occurredAt, deliveryId, payload } = delivery;
  const envelope = JSON.stringify({
    event,
    timestamp: occurredAt.toISOString(),
    webhook_id: webhookId,
    delivery_id: deliveryId,
  });
  return `${envelope.slice(0, -1)},"data":${payload}}`;
}
