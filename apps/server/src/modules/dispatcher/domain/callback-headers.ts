/** The request headers of a callback: who it is from, its signature, what it names, then the webhook's own. */
import { DELIVERY_HEADERS, SIGNATURE_HEADERS, type SignatureInput } from '@im/contracts/signature';
import { signSync } from '@im/contracts/signature-node';

/** Its version is the server package's; a test holds the two together. */
const USER_AGENT = 'IM-Callback/0.1.0';

export interface CallbackHeaderParts extends SignatureInput {
  /** The webhook's own secret when it has one, else the AppSecret. */
  key: string;
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
    [SIGNATURE_HEADERS.signature, signSync(parts.key, parts, parts.body)],
    [DELIVERY_HEADERS.event, parts.event],
    [DELIVERY_HEADERS.callbackId, parts.callbackId],
    [DELIVERY_HEADERS.deliveryId, parts.deliveryId],
    [DELIVERY_HEADERS.webhookId, parts.webhookId],
    [DELIVERY_HEADERS.attempt, String(parts.attempt)],
    ...Object.entries(parts.customHeaders),
  ];
}
