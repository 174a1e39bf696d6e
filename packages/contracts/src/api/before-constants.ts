/** Lists what before-callbacks can be, with their limits, without zod: the console's forms use them. */

/** How long a webhook may take to decide, in milliseconds. */
export const BEFORE_DEADLINE_MS = { min: 100, max: 4_000, default: 1_500 } as const;

/** What happens when the receiver does not decide in time or cannot. */
export const BEFORE_POLICIES = ['allow', 'deny'] as const;

/** `modify`: it is allowed with changes. */
export const BEFORE_DECISIONS = ['allow', 'deny', 'modify'] as const;
export type BeforeOutcome = (typeof BEFORE_DECISIONS)[number];

/**
 * Who decided: the receiver, or in its place the webhook's policy. `deadline`: it did not answer in time. `breaker`: it
 * failed too often or was paused, so it was not asked. `invalid_answer`: its answer is no decision. `error`: it could not
 * be reached or answered with an error. `none`: no webhook is asked about the event.
 */
export const BEFORE_DECIDERS = [
  'receiver',
  'deadline',
  'breaker',
  'invalid_answer',
  'error',
  'none',
] as const;
export type BeforeDecider = (typeof BEFORE_DECIDERS)[number];

/** Events that one webhook is asked about. */
export const MAX_BEFORE_EVENTS = 100;
/** Characters of a receiver's reason. */
export const MAX_BEFORE_REASON = 500;

/** A webhook's setting for before-callbacks. */
export interface BeforeSettings {
  /** The events it decides about. No other webhook of the app is asked about them. */
  events: string[];
  deadlineMs: number;
  onFailure: (typeof BEFORE_POLICIES)[number];
}
