/** Format `im`: the service's own envelope. */
import type { BodyTarget, CallbackDelivery } from './callback.js';

export const IM_CONTENT_TYPE = 'application/json; charset=utf-8';

/**
 * Writes the envelope around the payload. The payload's text is spliced in unread: parsing it would lose large
 * numbers, key order and spelling, and each attempt has to repeat the same bytes.
 */
export function imEntry({ appKey, webhookId }: BodyTarget, delivery: CallbackDelivery): string {
  const { callbackId, event, deliveryId, payload } = delivery;
  const timestamp = delivery.occurredAt.toISOString();
  const envelope = JSON.stringify({ callbackId, event, appKey, timestamp, webhookId, deliveryId });
  return `${envelope.slice(0, -1)},"data":${payload}}`;
}

/** Entries, in order, under one envelope. */
export function batchBody(
  { appKey, webhookId }: BodyTarget,
  batchId: string,
  entries: readonly string[],
): string {
  const envelope = JSON.stringify({ batchId, appKey, webhookId });
  return `${envelope.slice(0, -1)},"events":[${entries.join(',')}]}`;
}
