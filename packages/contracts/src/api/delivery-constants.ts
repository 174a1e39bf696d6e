/** Lists what deliveries and recoveries can be, with their limits, without zod: the console shows them. */

export const DELIVERY_STATUSES = ['pending', 'success', 'failed', 'canceled', 'skipped'] as const;

/** Of a pending delivery: not tried yet, failed and planned again, or held. */
export const DELIVERY_PHASES = ['queued', 'retrying', 'held'] as const;

/** What a list is filtered by: a phase, or all that is not well, which is failed, retrying or held. */
export const DELIVERY_PHASE_FILTERS = [...DELIVERY_PHASES, 'problem'] as const;

/** `before`: the receiver was asked before an event, see before-constants.ts. */
export const DELIVERY_KINDS = ['event', 'test', 'redelivery', 'before'] as const;

/** Why an attempt failed: one class an attempt, each with its own cause and advice. */
export const ERROR_CLASSES = [
  'dns',
  'connect_refused',
  'connect_timeout',
  'tls_expired',
  'tls_hostname',
  'tls_untrusted',
  'tls_other',
  'response_timeout',
  'reset',
  'redirect',
  'client_error',
  'signature_rejected',
  'not_found',
  'too_large',
  'rate_limited',
  'server_error',
  'gone',
  'blocked_address',
  'invalid_response',
] as const;

/** Response bytes kept in the log; the rest is dropped and marked. */
export const RESPONSE_BODY_LIMIT_BYTES = 16_384;

/** Which deliveries are replayed. `missing`: events that the webhook wants but never had a delivery of. */
export const RECOVERABLE_STATUSES = ['failed', 'skipped', 'missing'] as const;

/** Replays a second, unless the caller says otherwise. */
export const DEFAULT_RECOVERY_RATE = 200;
export const MAX_RECOVERY_RATE = 2_000;

/** Deliveries that one request delivers again by their ids, or by a filter. */
export const MAX_REDELIVERED_IDS = 200;
export const MAX_REDELIVERED_BY_FILTER = 1_000;
