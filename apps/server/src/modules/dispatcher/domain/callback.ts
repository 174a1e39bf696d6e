/** Describes what a callback is composed of, in every format. */
import type { DeliveryKind } from '@im/contracts/api/deliveries';
import type { CallbackFormat, SignatureScheme } from '@im/contracts/api/delivery-settings';
import type { RawRequest } from '../../delivery-store/domain/raw-request.js';

/** The webhook, as far as its requests depend on it. */
export interface CallbackTarget {
  webhookId: string;
  appKey: string;
  url: string;
  format: CallbackFormat;
  signatureScheme: SignatureScheme;
  /** How the headers of the scheme `body-hmac` begin. */
  signaturePrefix: string;
  /** Its custom headers. */
  headers: Readonly<Record<string, string>>;
}

/** What a body depends on. */
export type BodyTarget = Pick<CallbackTarget, 'webhookId' | 'appKey' | 'format'>;

/** The webhook's own when it has a secret, else the app's. */
export interface SigningKeys {
  current: string;
  /** Only while a rotation is staged. */
  next: string | null;
  /** Only during the overlap after a rotation. */
  previous: string | null;
}

/** One event on its way to one webhook. */
export interface CallbackDelivery {
  callbackId: string;
  deliveryId: string;
  event: string;
  kind: DeliveryKind;
  occurredAt: Date;
  /** The payload as JSON text, exactly as it was received. */
  payload: string;
  conversationId: string | null;
  /** The attempt that is made; counts from 1. */
  attempt: number;
  /** What an IM server sent for it; null for events that came through the API. */
  rawRequest: RawRequest | null;
}

export interface ComposedBody {
  contentType: string;
  body: Buffer;
}

export interface Composition {
  target: CallbackTarget;
  keys: SigningKeys;
  /** In the order in which they are to be handled. */
  deliveries: readonly [CallbackDelivery, ...CallbackDelivery[]];
  /**
   * A webhook that takes batches gets one even of a single event, so that its receiver reads one form only. The id
   * stays the same while the same events are sent again. null: the delivery goes out alone.
   */
  batchId: string | null;
  /** Unix time of the attempt. */
  timestampMs: number;
  /** 32 lower-case hex digits, new for each attempt. */
  nonce: string;
}

export interface ComposedCallback {
  url: string;
  /** In sending order; Host, Connection and Content-Length are left to HTTP. */
  headers: [name: string, value: string][];
  /** The bytes that are signed are the bytes that are sent. */
  body: Buffer;
}
