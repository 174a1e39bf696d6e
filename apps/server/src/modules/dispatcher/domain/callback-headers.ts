/** The request headers of a callback: who it is from, its signature, what it names, then the webhook's own. */
import {
  DELIVERY_HEADERS,
  ROTATION_SIGNATURE_HEADERS,
  SIGNATURE_HEADERS,
  type SignatureInput,
} from '@im/contracts/signature';
import { signSync } from '@im/contracts/signature-node';

/** Its version is the server package's; a test holds the two together. */
const USER_AGENT = 'IM-Callback/0.1.0';

/** The webhook's own when it has a secret, else the app's. */
export interface SigningKeys {
  current: string;
  /** Only while a rotation is staged. */
  next: string | null;
  /** Only during the overlap after a rotation. */
  previous: string | null;
}

export interface CallbackHeaderParts extends SignatureInput {
  keys: SigningKeys;
  /** The bytes that are sent. */
  body: Buffer;
  event: string;
  callbackId: string;
  deliveryId: string;
  webhookId: string;
  /** Counts from 1. */
  attempt: number;
  customHeaders: Readonly<Record<string, string>>;
}

/** @returns the headers in sending order; Host, Connection and Content-Length are left to HTTP */
export function buildCallbackHeaders(parts: CallbackHeaderParts): [name: string, value: string][] {
  return [
    ['Content-Type', 'application/json; charset=utf-8'],
    ['User-Agent', USER_AGENT],
    [SIGNATURE_HEADERS.appKey, parts.appKey],
    [SIGNATURE_HEADERS.timestamp, parts.timestamp],
    [SIGNATURE_HEADERS.nonce, parts.nonce],
    ...signatures(parts),
    [DELIVERY_HEADERS.event, parts.event],
    [DELIVERY_HEADERS.callbackId, parts.callbackId],
    [DELIVERY_HEADERS.deliveryId, parts.deliveryId],
    [DELIVERY_HEADERS.webhookId, parts.webhookId],
    [DELIVERY_HEADERS.attempt, String(parts.attempt)],
    ...Object.entries(parts.customHeaders),
  ];
}

function signatures(parts: CallbackHeaderParts): [name: string, value: string][] {
  const { current, next, previous } = parts.keys;
  const headers: [string, string][] = [[SIGNATURE_HEADERS.signature, signSync(current, parts, parts.body)]];
  if (next !== null) headers.push([ROTATION_SIGNATURE_HEADERS.next, signSync(next, parts, parts.body)]);
  if (previous !== null) {
    headers.push([ROTATION_SIGNATURE_HEADERS.previous, signSync(previous, parts, parts.body)]);
  }
  return headers;
}
