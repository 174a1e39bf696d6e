/** Names the headers of requests that may be repeated, without zod. */

/** A key that the caller makes up: a request with the same one is done once and answered as the first one was. */
export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
/** `true` on an answer that repeats the first one. */
export const REPLAYED_HEADER = 'Idempotent-Replayed';
