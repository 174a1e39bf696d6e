/** Builds the request headers of a callback: sender, signatures, names, then the webhook's own headers. */
import {
  BATCH_HEADERS,
  DELIVERY_HEADERS,
  FORMAT_HEADER,
  ROTATION_SIGNATURE_HEADERS,
  SIGNATURE_HEADERS,
} from '@im/contracts/signature';
import { SERVICE_VERSION } from '@im/contracts/service-version';
import { sha256Hex, signDigestSync, signStandardWebhookSync } from '@im/contracts/signature-node';
import { bodyHmacUserAgent } from '@im/contracts/signature-body-hmac';
import { STANDARD_WEBHOOKS_HEADERS } from '@im/contracts/signature-standard-webhooks';
import { bodyHmacHeaderList } from './body-hmac-headers.js';
import type { Composition } from './callback.js';

const USER_AGENT = `IM-Callback/${SERVICE_VERSION}`;

type Headers = [name: string, value: string][];

export function callbackHeaders(composition: Composition, contentType: string, body: Buffer): Headers {
  const { target, timestampMs, nonce } = composition;
  const isBodyHmac = target.signatureScheme === 'body-hmac';
  const headers: Headers = [
    ['Content-Type', contentType],
    ['User-Agent', isBodyHmac ? bodyHmacUserAgent(target.signaturePrefix) : USER_AGENT],
    [SIGNATURE_HEADERS.appKey, target.appKey],
    [SIGNATURE_HEADERS.timestamp, String(timestampMs)],
    [SIGNATURE_HEADERS.nonce, nonce],
  ];
  addSignatures(headers, composition, body);
  if (target.signatureScheme === 'standard-webhooks') addStandardWebhooks(headers, composition, body);
  addNames(headers, composition);
  if (isBodyHmac) addMissing(headers, bodyHmacHeaderList(composition, body));
  if (target.format !== 'im') headers.push([FORMAT_HEADER, target.format]);
  for (const name in target.headers) headers.push([name, target.headers[name] ?? '']);
  return headers;
}

/** With the prefix `X-App` some names are the same, and so are their values. */
function addMissing(headers: Headers, more: Headers): void {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  for (const header of more) if (!names.has(header[0].toLowerCase())) headers.push(header);
}

/** One signature for each key that counts; the body is hashed once for all of them. */
function addSignatures(
  headers: Headers,
  { target, keys, timestampMs, nonce }: Composition,
  body: Buffer,
): void {
  const input = { appKey: target.appKey, timestamp: String(timestampMs), nonce };
  const digest = sha256Hex(body);
  headers.push([SIGNATURE_HEADERS.signature, signDigestSync(keys.current, input, digest)]);
  if (keys.next !== null) {
    headers.push([ROTATION_SIGNATURE_HEADERS.next, signDigestSync(keys.next, input, digest)]);
  }
  if (keys.previous !== null) {
    headers.push([ROTATION_SIGNATURE_HEADERS.previous, signDigestSync(keys.previous, input, digest)]);
  }
}

function addStandardWebhooks(headers: Headers, composition: Composition, body: Buffer): void {
  const { keys, deliveries, batchId } = composition;
  const id = batchId ?? deliveries[0].callbackId;
  const timestamp = String(Math.floor(composition.timestampMs / 1000));
  const signatures: string[] = [];
  for (const key of [keys.next, keys.current, keys.previous]) {
    if (key !== null) signatures.push(signStandardWebhookSync(key, { id, timestamp }, body));
  }
  headers.push(
    [STANDARD_WEBHOOKS_HEADERS.id, id],
    [STANDARD_WEBHOOKS_HEADERS.timestamp, timestamp],
    [STANDARD_WEBHOOKS_HEADERS.signature, signatures.join(' ')],
  );
}

/** For a batch they name what all events share; what differs is in the body. */
function addNames(headers: Headers, { target, deliveries, batchId }: Composition): void {
  const [delivery] = deliveries;
  const { kind } = delivery;
  if (batchId === null) {
    headers.push(
      [DELIVERY_HEADERS.event, delivery.event],
      [DELIVERY_HEADERS.callbackId, delivery.callbackId],
      [DELIVERY_HEADERS.deliveryId, delivery.deliveryId],
      [DELIVERY_HEADERS.webhookId, target.webhookId],
      [DELIVERY_HEADERS.attempt, String(delivery.attempt)],
      [DELIVERY_HEADERS.kind, kind],
    );
    return;
  }
  // The highest one: above 1 means that something in the batch may have been received before.
  const attempt = deliveries.reduce((highest, { attempt: own }) => Math.max(highest, own), 1);
  headers.push(
    [BATCH_HEADERS.count, String(deliveries.length)],
    [BATCH_HEADERS.id, batchId],
    [DELIVERY_HEADERS.webhookId, target.webhookId],
    [DELIVERY_HEADERS.attempt, String(attempt)],
    [DELIVERY_HEADERS.kind, deliveries.every((other) => other.kind === kind) ? kind : 'event'],
  );
}
