/** Lists limits and defaults of a webhook's settings, without zod: the console's forms use them. */
import { DEFAULT_SIGNATURE_PREFIX } from '../signature-body-hmac.js';

/** How long a receiver may take to answer, in milliseconds. */
export const TIMEOUT_MS = { min: 1_000, max: 60_000, default: 10_000 } as const;

/** How long the old secret stays valid next to the new one, in seconds. */
export const OVERLAP_SECONDS = { min: 0, max: 2_592_000, default: 86_400 } as const;

/** A leaf with its intermediates has 2 to 8 KB; an RSA key of 4,096 bits about 3 KB. */
export const MAX_CERTIFICATE_CHARACTERS = 32_768;
export const MAX_CERTIFICATE_KEY_CHARACTERS = 16_384;

/** `conversation`: the events of one conversation arrive strictly in the order accepted. */
export const ORDERINGS = ['none', 'conversation'] as const;

/**
 * The form of the body: `im` is the service's own envelope, `standard-webhooks` is `{type,timestamp,data}`,
 * `cloudevents` is CloudEvents 1.0 in structured JSON, `raw` is what the source sent, byte for byte, `flat` is
 * `{event,timestamp,webhook_id,delivery_id,data}`.
 */
export const CALLBACK_FORMATS = ['im', 'standard-webhooks', 'cloudevents', 'raw', 'flat'] as const;

/**
 * `standard-webhooks` adds the headers `webhook-id`, `-timestamp` and `-signature`, `body-hmac` adds
 * `<prefix>-Signature-256` and its companions; `X-App-*` are always sent.
 */
export const SIGNATURE_SCHEMES = ['x-app', 'standard-webhooks', 'body-hmac'] as const;

/** Events of one batch. One alone is no batch, and a receiver needs memory for all of it. */
export const BATCH_EVENTS = { min: 2, max: 100, default: 20 } as const;
/** How long the first event of a batch waits for others, in milliseconds. */
export const BATCH_WAIT_MS = { min: 10, max: 60_000, default: 1_000 } as const;
/** Requests a second; 0 is no limit. */
export const RATE_LIMIT_PER_SECOND = { min: 0, max: 10_000, default: 0 } as const;

export interface DeliverySettings {
  ordering: (typeof ORDERINGS)[number];
  /** null: every event goes out alone. */
  batch: { maxEvents: number; maxWaitMs: number } | null;
  format: (typeof CALLBACK_FORMATS)[number];
  signature: (typeof SIGNATURE_SCHEMES)[number];
  /** How the headers of `body-hmac` begin. */
  signaturePrefix: string;
  rateLimitPerSecond: number;
}

/** What a new webhook gets. */
export const DEFAULT_DELIVERY_SETTINGS: DeliverySettings = {
  ordering: 'none',
  batch: null,
  format: 'im',
  signature: 'x-app',
  signaturePrefix: DEFAULT_SIGNATURE_PREFIX,
  rateLimitPerSecond: RATE_LIMIT_PER_SECOND.default,
};
