/** Defines the answer to "Why did it not arrive?": an event's history for each webhook, without its content. */
import { z } from 'zod';
import { diagnosisSchema, localizedTextSchema } from '../diagnosis/diagnosis.js';
import { plainText, uuidSchema, wholeNumberParameter } from './common.js';
import {
  cancelReasonSchema,
  deliveryHolderSchema,
  deliveryKindSchema,
  deliveryPhaseSchema,
  deliveryStatusSchema,
  errorClassSchema,
} from './deliveries.js';
import { receivedFromSchema } from './received-from.js';

/** What an event may be searched by, the most common first. */
export const TRACE_KEYS = [
  'messageId',
  'callbackId',
  'eventId',
  'deliveryId',
  'conversationId',
  'userId',
] as const;
export type TraceKey = (typeof TRACE_KEYS)[number];

const externalId = plainText(1, 200).optional();
const ownId = uuidSchema.optional();

export const traceQuerySchema = z
  .strictObject({
    messageId: externalId,
    callbackId: ownId,
    eventId: ownId,
    deliveryId: ownId,
    conversationId: externalId,
    userId: externalId,
    /** Events a page. */
    limit: wholeNumberParameter(1, 20).default(10),
    cursor: plainText(0, 200).optional(),
  })
  .superRefine((query, context) => {
    const [first = 'messageId', ...others] = TRACE_KEYS.filter((key) => query[key] !== undefined);
    if (query[first] === undefined) {
      context.addIssue({
        code: 'custom',
        path: [first],
        message: `or one of ${TRACE_KEYS.join(', ')} is needed`,
      });
    }
    for (const other of others) {
      context.addIssue({ code: 'custom', path: [other], message: `cannot be given together with ${first}` });
    }
  });
export type TraceQuery = z.output<typeof traceQuerySchema>;

/** `paused`: it waits and is held: by a person, an open breaker, or a disabled webhook. */
export const traceOutcomeSchema = z.enum([
  'delivered',
  'waiting',
  'paused',
  'failed',
  'canceled',
  'skipped',
  'disabled',
  'filtered',
  'not_yet_created',
  'deleted',
  'missing',
]);
export type TraceOutcome = z.infer<typeof traceOutcomeSchema>;

export const tracedAttemptSchema = z.object({
  attempt: z.number().int(),
  startedAt: z.string(),
  durationMs: z.number(),
  responseStatus: z.number().int().nullable(),
  errorClass: errorClassSchema.nullable(),
  diagnosis: diagnosisSchema.nullable(),
});

export const tracedDeliverySchema = z.object({
  deliveryId: z.string(),
  callbackId: z.string(),
  kind: deliveryKindSchema,
  status: deliveryStatusSchema,
  phase: deliveryPhaseSchema.nullable(),
  heldBy: deliveryHolderSchema.nullable(),
  attempts: z.number().int(),
  maxAttempts: z.number().int(),
  nextAttemptAt: z.string().nullable(),
  createdAt: z.string(),
  completedAt: z.string().nullable(),
  cancelReason: cancelReasonSchema.nullable(),
  originalDeliveryId: z.string().nullable(),
  /** In their order; the log keeps them as long as its retention says. */
  attemptLog: z.array(tracedAttemptSchema),
});
export type TracedDelivery = z.infer<typeof tracedDeliverySchema>;

/** The setting that decided, as it was when the event came. */
export const decidingSettingSchema = z.object({
  field: z.enum(['events', 'enabled']),
  /** The events and families the webhook wanted, or whether it was enabled. */
  value: z.union([z.array(z.string()), z.boolean()]),
  revision: z.number().int(),
  /** Since when, and by whom it was set so. */
  since: z.string(),
  by: z.string(),
});

/** What happens next without intervention. */
export const traceNextSchema = z.object({
  what: z.enum(['attempt', 'probe', 'turn']),
  /** Null: after what it waits for. */
  at: z.string().nullable(),
  /** The delivery of the same conversation that has to be over first. */
  behindDeliveryId: z.string().nullable(),
  text: localizedTextSchema,
});

export const tracedWebhookSchema = z.object({
  webhookId: z.string(),
  name: z.string(),
  url: z.string(),
  outcome: traceOutcomeSchema,
  /** The outcome in plain words. */
  answer: localizedTextSchema,
  decidedBy: decidingSettingSchema.nullable(),
  next: traceNextSchema.nullable(),
  deliveries: z.array(tracedDeliverySchema),
});
export type TracedWebhook = z.infer<typeof tracedWebhookSchema>;

export const tracedEventSchema = z
  .object({
    eventId: z.string(),
    event: z.string(),
    messageId: z.string().nullable(),
    conversationId: z.string().nullable(),
    occurredAt: z.string(),
    receivedAt: z.string(),
    receivedFrom: receivedFromSchema,
    /** False: only its deliveries are still kept. */
    isEventKept: z.boolean(),
    /** Other events of the same name for the same message: received again under another id. */
    repetitions: z.array(z.object({ eventId: z.string(), receivedAt: z.string() })),
    webhooks: z.array(tracedWebhookSchema),
  })
  .meta({ id: 'TracedEvent' });
export type TracedEvent = z.infer<typeof tracedEventSchema>;

/** Why nothing was found. */
export const traceReasonSchema = z.object({
  code: z.enum(['never_received', 'expired', 'unknown']),
  text: localizedTextSchema,
});
export type TraceReason = z.infer<typeof traceReasonSchema>;

export const tracePageSchema = z
  .object({
    data: z.array(tracedEventSchema),
    page: z.object({ nextCursor: z.string().nullable() }),
    /** Only where nothing was found at all. */
    reason: traceReasonSchema.nullable(),
  })
  .meta({ id: 'TracePage' });
export type TracePage = z.infer<typeof tracePageSchema>;
