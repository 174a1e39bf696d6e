/** Builds the headers of the signature scheme `body-hmac`. */
import { bodyHmacHeaders } from '@im/contracts/signature-body-hmac';
import { signBodySync } from '@im/contracts/signature-node';
import type { Composition } from './callback.js';

type Headers = [name: string, value: string][];

/**
 * Signatures with each key that counts, then event, delivery, webhook and time. A batch has no event and delivery of its
 * own.
 */
export function bodyHmacHeaderList(
  { target, keys, deliveries, batchId, timestampMs }: Composition,
  body: Buffer,
): Headers {
  const names = bodyHmacHeaders(target.signaturePrefix);
  const headers: Headers = [[names.signature, signBodySync(keys.current, body)]];
  if (keys.next !== null) headers.push([names.next, signBodySync(keys.next, body)]);
  if (keys.previous !== null) headers.push([names.previous, signBodySync(keys.previous, body)]);
  if (batchId === null) {
    const [{ event, deliveryId }] = deliveries;
    headers.push([names.event, event], [names.deliveryId, deliveryId]);
  }
  headers.push([names.webhookId, target.webhookId], [names.timestamp, String(timestampMs)]);
  return headers;
}
