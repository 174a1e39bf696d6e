/** The request body of format `im`: the bytes that are signed are the bytes that are sent. */
import type { CallbackEnvelope } from '@im/contracts/envelope';

export interface CallbackBodyParts extends Omit<CallbackEnvelope, 'data'> {
  /** The payload as JSON text, exactly as it was handed in. */
  payload: string;
}

/**
 * Writes the envelope around the payload. The payload's text is spliced in unread: parsing it would lose large
 * numbers, key order and spelling, and each attempt has to repeat the same bytes.
 */
export function buildCallbackBody(parts: CallbackBodyParts): Buffer {
  const { callbackId, event, appKey, timestamp, webhookId, deliveryId, payload } = parts;
  const envelope = JSON.stringify({ callbackId, event, appKey, timestamp, webhookId, deliveryId });
  return Buffer.from(`${envelope.slice(0, -1)},"data":${payload}}`, 'utf8');
}
