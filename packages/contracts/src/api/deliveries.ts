import { z } from 'zod';
import { beforeDeciderSchema, beforeOutcomeSchema } from './before.js';
import {
  DELIVERY_KINDS,
  DELIVERY_PHASE_FILTERS,
  DELIVERY_PHASES,
  DELIVERY_STATUSES,
  ERROR_CLASSES,
  MAX_REDELIVERED_IDS,
} from './delivery-constants.js';
import { boundedList } from './bounded.js';
import { diagnosisSchema } from '../diagnosis/diagnosis.js';
import { eventPatternSchema } from '../events/name-schemas.js';
import { receivedFromSchema } from './received-from.js';
import {
  exportFormatSchema,
  instantSchema,
  nameText,
  orderSchema,
  pageQuerySchema,
  plainText,
  uuidSchema,
  wholeNumberParameter,
} from './common.js';

export const deliveryStatusSchema = z.enum(DELIVERY_STATUSES);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

export const deliveryPhaseSchema = z.enum(DELIVERY_PHASES);
export type DeliveryPhase = z.infer<typeof deliveryPhaseSchema>;

export const deliveryPhaseFilterSchema = z.enum(DELIVERY_PHASE_FILTERS);
export type DeliveryPhaseFilter = z.infer<typeof deliveryPhaseFilterSchema>;

/** Who holds a delivery: a person, or the service after failures (an open breaker, or a webhook that it disabled). */
export const deliveryHolderSchema = z.enum(['person', 'breaker']);
export type DeliveryHolder = z.infer<typeof deliveryHolderSchema>;

/** `retention`: it was held until its event's payload was no longer kept. */
export const cancelReasonSchema = z.enum([
  'by_person',
  'webhook_disabled',
  'webhook_deleted',
  'app_deleted',
  'recovery_ended',
  'retention',
]);
export type CancelReason = z.infer<typeof cancelReasonSchema>;

export const deliveryKindSchema = z.enum(DELIVERY_KINDS);
export type DeliveryKind = z.infer<typeof deliveryKindSchema>;

export const errorClassSchema = z.enum(ERROR_CLASSES);
export type ErrorClass = z.infer<typeof errorClassSchema>;

const deliveryFilters = {
  status: deliveryStatusSchema.optional(),
  /** Pending deliveries in this phase; `problem`: those that failed, retry after a failed attempt, or are held. */
  phase: deliveryPhaseFilterSchema.optional(),
  /** A name such as `message.sent`, or a family such as `message.*`. */
  event: eventPatternSchema.optional(),
  kind: deliveryKindSchema.optional(),
  responseStatus: wholeNumberParameter(100, 599).optional(),
  errorClass: errorClassSchema.optional(),
  /** Creation time, inclusive. */
  from: instantSchema.optional(),
  /** Creation time, exclusive. */
  to: instantSchema.optional(),
  callbackId: uuidSchema.optional(),
  eventId: uuidSchema.optional(),
  messageId: plainText(1, 200).optional(),
  conversationId: plainText(1, 200).optional(),
  /** A user the event names in any role: sender, receiver, operator, member, … */
  userId: plainText(1, 200).optional(),
  /** Deliveries of events that this source sent, as long as the events are kept. */
  sourceId: uuidSchema.optional(),
  /**
   * Any of these: the whole id of a delivery, callback, event, message, conversation or user, or at least three letters
   * of an event's or error class's name.
   */
  q: nameText(200).optional(),
  /** Redeliveries of this delivery. */
  originalDeliveryId: uuidSchema.optional(),
  /** By time of creation; filtered by an event, a message, a conversation, a user or a source, by the event's time. */
  order: orderSchema.default('desc'),
};

export const listDeliveriesQuerySchema = pageQuerySchema.extend(deliveryFilters);
export type ListDeliveriesQuery = z.output<typeof listDeliveriesQuerySchema>;

export const exportDeliveriesQuerySchema = z.strictObject({
  format: exportFormatSchema.default('csv'),
  ...deliveryFilters,
});
export type DeliveryFilters = Omit<z.output<typeof exportDeliveriesQuerySchema>, 'format'>;

const { order: _, ...bodyFilters } = deliveryFilters;

/** Filters as those of the list, with numbers as numbers. */
export const redeliverFilterSchema = z
  .strictObject({
    ...bodyFilters,
    responseStatus: z.int().min(100).max(599).optional(),
    webhookId: uuidSchema.optional(),
  })
  .meta({ id: 'RedeliverFilter' });

export const redeliverManyRequestSchema = z
  .strictObject({
    deliveryIds: boundedList(uuidSchema, MAX_REDELIVERED_IDS).min(1).optional(),
    /** What the list shows for it; at most 1000 deliveries may match. */
    filter: redeliverFilterSchema.optional(),
  })
  .superRefine(({ deliveryIds, filter }, context) => {
    if ((deliveryIds === undefined) === (filter === undefined)) {
      context.addIssue({
        code: 'custom',
        path: [deliveryIds === undefined ? 'deliveryIds' : 'filter'],
        message:
          deliveryIds === undefined ? 'or filter is needed' : 'cannot be given together with deliveryIds',
      });
    }
  });
export type RedeliverManyRequest = z.input<typeof redeliverManyRequestSchema>;

export const redeliveredSchema = z
  .object({
    /** New deliveries, one for each callback. */
    accepted: z.int().min(0),
    /**
     * Named or matched deliveries without a new one: their callback waits already, is delivered again by another of
     * them or, matched by a filter, has arrived since; the payload is no longer kept, the webhook was disabled or
     * deleted, it was a before-callback, or there is no such delivery.
     */
    skipped: z.int().min(0),
  })
  .meta({ id: 'Redelivered' });
export type Redelivered = z.infer<typeof redeliveredSchema>;

export const deliverySchema = z
  .object({
    deliveryId: z.string(),
    callbackId: z.string(),
    eventId: z.string(),
    webhookId: z.string(),
    appKey: z.string(),
    event: z.string(),
    kind: deliveryKindSchema,
    status: deliveryStatusSchema,
    /** null unless pending. */
    phase: deliveryPhaseSchema.nullable(),
    /**
     * `person`: a person paused its webhook or recovery, or disabled the webhook. `breaker`: the receiver failed too
     * often. null unless it is held.
     */
    heldBy: deliveryHolderSchema.nullable(),
    attempts: z.number().int(),
    maxAttempts: z.number().int(),
    /** When the next attempt is due, unless it is held then; null unless pending. */
    nextAttemptAt: z.string().nullable(),
    /** Of the last attempt. */
    responseStatus: z.number().int().nullable(),
    errorClass: errorClassSchema.nullable(),
    /** What went wrong in the last attempt, one sentence. */
    errorMessage: z.string().nullable(),
    durationMs: z.number().nullable(),
    createdAt: z.string(),
    completedAt: z.string().nullable(),
    /** null unless canceled, and for what was canceled before reasons were recorded. */
    cancelReason: cancelReasonSchema.nullable(),
    /** What was decided; null unless the kind is `before`. */
    decision: beforeOutcomeSchema.nullable(),
    /** Who decided it; null unless the kind is `before`. */
    decidedBy: beforeDeciderSchema.nullable(),
    originalDeliveryId: z.string().optional(),
    /** Of the event, in lists and in full; absent when it has none, is no longer kept, and for portal links. */
    messageId: z.string().optional(),
    conversationId: z.string().optional(),
    /** The user that the event's payload names as `receiverId`; absent too in lists when the payload is large. */
    receiverId: z.string().optional(),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof deliverySchema>;

/** Milliseconds each phase took; null when it did not happen (a kept-alive connection has no DNS, connect, TLS). */
export const attemptPhasesSchema = z.object({
  dnsMs: z.number().nullable(),
  connectMs: z.number().nullable(),
  tlsMs: z.number().nullable(),
  firstByteMs: z.number().nullable(),
});
export type AttemptPhases = z.infer<typeof attemptPhasesSchema>;

export const attemptSchema = z
  .object({
    attempt: z.number().int(),
    startedAt: z.string(),
    durationMs: z.number(),
    phases: attemptPhasesSchema,
    remoteAddress: z.string().nullable(),
    /** As sent; values of custom headers that look like credentials are masked, for support those of all custom headers. */
    requestHeaders: z.record(z.string(), z.string()),
    responseStatus: z.number().int().nullable(),
    responseHeaders: z.record(z.string(), z.string()).nullable(),
    responseBody: z.string().nullable(),
    isResponseTruncated: z.boolean(),
    errorClass: errorClassSchema.nullable(),
    errorMessage: z.string().nullable(),
    /** Why it failed and what helps; null of a success. */
    diagnosis: diagnosisSchema.nullable(),
    /**
     * It was a batch that was refused as a whole (400, 413, 422) and sent again in halves. Such an attempt does not
     * count: `maxAttempts` grows by one with it.
     */
    isSplit: z.boolean(),
  })
  .meta({ id: 'Attempt' });
export type Attempt = z.infer<typeof attemptSchema>;

export const deliveryDetailSchema = deliverySchema
  .extend({
    /** The webhook's URL now; attempts went to the URL of their time. */
    url: z.string(),
    /** Who handed its event in; null: the event is no longer kept. */
    receivedFrom: receivedFromSchema.nullable(),
    /** False: the payload's retention is over; `payload` and `requestBody` are null then. */
    isPayloadKept: z.boolean(),
    /**
     * True for people who may not read messages, until they reveal them: content in `payload`, `requestBody`, response
     * bodies and headers are masked.
     */
    isContentMasked: z.boolean(),
    /** The event's payload exactly as it was received. */
    payload: z.unknown(),
    /**
     * The request body of the last attempt, byte for byte what was signed and sent, unless content is masked; of a batch
     * this delivery's entry.
     */
    requestBody: z.string().nullable(),
    attemptLog: z.array(attemptSchema),
  })
  .meta({ id: 'DeliveryDetail' });
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;
