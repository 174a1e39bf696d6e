import { z } from 'zod';
import { DEFAULT_RECOVERY_RATE, MAX_RECOVERY_RATE, RECOVERABLE_STATUSES } from './delivery-constants.js';
import { eventPatternSchema } from '../events/name-schemas.js';
import { boundedList } from './bounded.js';
import { instantSchema } from './common.js';

export const recoverableStatusSchema = z.enum(RECOVERABLE_STATUSES);
export type RecoverableStatus = z.infer<typeof recoverableStatusSchema>;

const MAX_PATTERNS = 100;

export const recoverRequestSchema = z
  .strictObject({
    /** When the deliveries were created, or the missing events received; inclusive. */
    from: instantSchema,
    /** Exclusive; events after the request are not included. */
    to: instantSchema,
    status: recoverableStatusSchema,
    /** Names or families such as `message.*`; absent: every event. */
    events: boundedList(eventPatternSchema, MAX_PATTERNS).min(1).optional(),
    ratePerSecond: z.int().min(1).max(MAX_RECOVERY_RATE).default(DEFAULT_RECOVERY_RATE),
    /** Answers what it would send, and starts nothing. */
    dryRun: z.boolean().default(false),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'must be later than from',
  });
export type RecoverRequest = z.input<typeof recoverRequestSchema>;

/** `failed`: the webhook was deleted before it ended. */
export const recoveryStateSchema = z.enum(['running', 'paused', 'completed', 'canceled', 'failed']);
export type RecoveryState = z.infer<typeof recoveryStateSchema>;

/** Why the service paused it or let it fail. */
export const recoveryReasonSchema = z.enum(['webhook_disabled', 'webhook_deleted']);
export type RecoveryReason = z.infer<typeof recoveryReasonSchema>;

/**
 * Why a running recovery schedules nothing at the moment: the breaker is open (`breaker`), or a person paused the
 * webhook (`webhook_paused`); its receiver has not yet accepted what is scheduled; everything is scheduled and some
 * outcomes are missing; an earlier recovery of the webhook goes first.
 */
export const recoveryWaitSchema = z.enum([
  'breaker',
  'webhook_paused',
  'receiver',
  'outcomes',
  'earlier_recovery',
]);
export type RecoveryWait = z.infer<typeof recoveryWaitSchema>;

const count = z.int().min(0);

/** What a recovery would do if it was started now. */
export const recoveryEstimateSchema = z
  .object({
    /** Callbacks that it would send. */
    count,
    /** False: there are more; counting stops after a few seconds, its wait for others included. */
    isCountFinal: z.boolean(),
    /** How long `count` callbacks take at the lower of the rate asked for and the rate limit of the webhook. */
    estimatedSeconds: count,
  })
  .meta({ id: 'RecoveryEstimate' });
export type RecoveryEstimate = z.infer<typeof recoveryEstimateSchema>;

export const recoverySchema = z
  .object({
    recoveryId: z.string(),
    webhookId: z.string(),
    appKey: z.string(),
    status: recoverableStatusSchema,
    /** Absent names: every event. */
    events: z.array(z.string()),
    from: z.string(),
    to: z.string(),
    /** Events received before are no longer kept and cannot be replayed; null: all of the range are kept. */
    keptSince: z.string().nullable(),
    ratePerSecond: z.int(),
    state: recoveryStateSchema,
    reason: recoveryReasonSchema.nullable(),
    waitingFor: recoveryWaitSchema.nullable(),
    /** How many deliveries or events it covers: counted at the start, or only those found so far. */
    total: count,
    isTotalFinal: z.boolean(),
    /** Everything older has been scanned. */
    scannedUntil: z.string(),
    /** Deliveries it has made: `succeeded + failed + canceled + pending`. */
    scheduled: count,
    succeeded: count,
    failed: count,
    canceled: count,
    pending: count,
    /** What it did not replay, and why; with `scheduled` this adds up to what has been scanned. */
    skipped: z.object({
      /** The callback had arrived meanwhile. */
      alreadyDelivered: count,
      /** A delivery of the callback was waiting. */
      alreadyPending: count,
      /** The callback was delivered again since the recovery began, without success. */
      alreadyRepeated: count,
      /** The payload's retention is over. */
      payloadExpired: count,
    }),
    /** Estimated from its speed so far; null while it does not run or without enough data. */
    estimatedLeftMs: count.nullable(),
    createdBy: z.string(),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Recovery' });
export type Recovery = z.infer<typeof recoverySchema>;
