/** Lists what the built-in test receiver can be, with its limits, without zod: the console uses them. */

/** What it answers: 200 or 401 by the signature; 500; nothing until the webhook's timeout; or no connection at all. */
export const TEST_RECEIVER_MODES = ['ok', 'fail', 'hang', 'refuse'] as const;
export type TestReceiverMode = (typeof TEST_RECEIVER_MODES)[number];

/** Why a signature is not valid. */
export const SIGNATURE_FAULTS = [
  'header_missing',
  'other_app_key',
  'timestamp_out_of_window',
  'signature_differs',
] as const;
export type SignatureFault = (typeof SIGNATURE_FAULTS)[number];

/** The last requests that are kept of an app. */
export const MAX_TEST_RECEIVER_REQUESTS = 50;
/** How long a request is kept at most. */
export const TEST_RECEIVER_KEPT_HOURS = 24;
/** Bytes kept of a body. */
export const MAX_TEST_RECEIVER_BODY_BYTES = 65_536;
/** Requests of an app that go unanswered at once, in each process; a further one is answered 429. */
export const MAX_HANGING_REQUESTS = 20;
/** Requests a second from outside to one receiver, in each process. */
export const MAX_OUTSIDE_REQUESTS_PER_SECOND = 10;
