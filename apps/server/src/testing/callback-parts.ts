/** Provides the parts of callbacks, for specs of the composition. */
import type { CallbackDelivery, CallbackTarget, Composition } from '../modules/dispatcher/domain/callback.js';

export function callbackTarget(override: Partial<CallbackTarget> = {}): CallbackTarget {
  return {
    webhookId: 'w-1',
    appKey: 'ak_1',
    url: 'https://example.com/hook',
    format: 'im',
    signatureScheme: 'x-app',
    signaturePrefix: 'X-App',
    headers: {},
    ...override,
  };
}

export function callbackDelivery(override: Partial<CallbackDelivery> = {}): CallbackDelivery {
  return {
    callbackId: 'c-1',
    deliveryId: 'd-1',
    event: 'message.sent',
    kind: 'event',
    occurredAt: new Date('2026-11-21T08:00:00.123Z'),
    payload: '{"n":12345678901234567890.10,"b":1,"a":2}',
    conversationId: 'single_u1_u2',
    attempt: 1,
    rawRequest: null,
    ...override,
  };
}

export function compositionOf(override: Partial<Composition> = {}): Composition {
  return {
    target: callbackTarget(),
    keys: { current: '密钥-🔑', next: null, previous: null },
    deliveries: [callbackDelivery()],
    batchId: null,
    timestampMs: 1_763_712_000_123,
    nonce: '00112233445566778899aabbccddeeff',
    ...override,
  };
}
