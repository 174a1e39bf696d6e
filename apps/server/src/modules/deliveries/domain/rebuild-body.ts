/** Rebuilds what a delivery sent from its row and the headers of its last attempt, since bodies are not stored. */
import { callbackFormatSchema } from '@im/contracts/api/delivery-settings';
import { BATCH_HEADERS, FORMAT_HEADER } from '@im/contracts/signature';
import type { BodyTarget, CallbackDelivery } from '../../dispatcher/domain/callback.js';
import { composeBatchEntry, composeSingle } from '../../dispatcher/domain/compose-callback.js';

/**
 * @param target with the webhook's current format, which is used before the first attempt
 * @param sentHeaders of the last attempt, as recorded; null before the first
 * @returns the body byte for byte; of a batch the delivery's own entry
 */
export function rebuildBody(
  target: BodyTarget,
  delivery: CallbackDelivery,
  sentHeaders: Readonly<Record<string, string>> | null,
): string {
  if (sentHeaders === null) return composeSingle(target, delivery).body.toString('utf8');
  const sent = { ...target, format: callbackFormatSchema.catch('im').parse(sentHeaders[FORMAT_HEADER]) };
  return BATCH_HEADERS.count in sentHeaders
    ? composeBatchEntry(sent, delivery)
    : composeSingle(sent, delivery).body.toString('utf8');
}
