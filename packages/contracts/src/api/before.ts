/** Defines before-callbacks: a webhook's setting, a question that is asked synchronously, and the decision. */
import { z } from 'zod';
import { eventNameSchema } from '../events/name-schemas.js';
import {
  BEFORE_DEADLINE_MS,
  BEFORE_DECIDERS,
  BEFORE_DECISIONS,
  BEFORE_POLICIES,
  MAX_BEFORE_EVENTS,
} from './before-constants.js';
import { boundedList, jsonObject } from './bounded.js';
import { plainText } from './common.js';

const { min, max } = BEFORE_DEADLINE_MS;

/** As a client writes it. */
export const beforeSettingsInputSchema = z.strictObject({
  /** Names, not families: of each event one webhook decides. */
  events: boundedList(eventNameSchema, MAX_BEFORE_EVENTS)
    .min(1, 'must name at least one event')
    .refine((events) => new Set(events).size === events.length, 'names an event twice'),
  /** For everything: the look-up of the address, the connection and the answer. */
  deadlineMs: z
    .number()
    .int()
    .min(min, `must be at least ${String(min)} milliseconds`)
    .max(max, `must be at most ${String(max)} milliseconds`)
    .default(BEFORE_DEADLINE_MS.default),
  onFailure: z.enum(BEFORE_POLICIES).default('allow'),
});

export const beforeSettingsSchema = z
  .object({
    events: z.array(z.string()),
    deadlineMs: z.number().int(),
    onFailure: z.enum(BEFORE_POLICIES),
  })
  .meta({ id: 'BeforeSettings' });

export const beforeOutcomeSchema = z.enum(BEFORE_DECISIONS);
export const beforeDeciderSchema = z.enum(BEFORE_DECIDERS);

export const askReceiverRequestSchema = z.strictObject({
  /** The ordering key of the event that would follow; absent: taken from `data` when it has one. */
  conversationId: plainText(1, 200).optional(),
  /** The payload of the event that would follow. Fields that do not exist yet, such as a message's id, may be missing. */
  data: jsonObject(),
});
export type AskReceiverRequest = z.infer<typeof askReceiverRequestSchema>;

export const beforeDecisionSchema = z
  .object({
    decision: beforeOutcomeSchema,
    /** The receiver's own code. */
    code: z.number().int().optional(),
    /** The receiver's reason, for people. */
    reason: z.string().optional(),
    /** With `modify`: new values by field names of the payload, as the receiver wrote them. */
    changes: z.record(z.string(), z.unknown()).optional(),
    decidedBy: beforeDeciderSchema,
    latencyMs: z.number(),
    /** In the log, a moment later; null: no webhook is asked about the event. */
    deliveryId: z.string().nullable(),
  })
  .meta({ id: 'BeforeDecision' });
export type BeforeDecision = z.infer<typeof beforeDecisionSchema>;
