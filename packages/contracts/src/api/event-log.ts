/** Defines events as stored: the lists, one in full, and exports. */
import { z } from 'zod';
import { eventPatternSchema } from '../events/name-schemas.js';
import {
  exportFormatSchema,
  instantSchema,
  nameText,
  pageQuerySchema,
  plainText,
  uuidSchema,
} from './common.js';
import { deliveryKindSchema, deliveryStatusSchema, errorClassSchema } from './deliveries.js';
import { receivedFromSchema } from './received-from.js';

const eventFilters = {
  /** A name such as `message.sent`, or a family such as `message.*`. */
  event: eventPatternSchema.optional(),
  /** When it was received, inclusive. */
  from: instantSchema.optional(),
  /** When it was received, exclusive. */
  to: instantSchema.optional(),
  messageId: plainText(1, 200).optional(),
  conversationId: plainText(1, 200).optional(),
  /** A user the event names in any role: sender, receiver, operator, member, … */
  userId: plainText(1, 200).optional(),
  /** A whole id of an event, delivery, callback, message, conversation or user, or at least three letters of a name. */
  q: nameText(200).optional(),
};

export const listEventsQuerySchema = pageQuerySchema.extend(eventFilters);

export const exportEventsQuerySchema = z.strictObject({
  format: exportFormatSchema.default('csv'),
  ...eventFilters,
});
export type EventFilters = Omit<z.output<typeof exportEventsQuerySchema>, 'format'>;

export const storedEventSchema = z
  .object({
    eventId: uuidSchema,
    appKey: z.string(),
    event: z.string(),
    /** When it happened, as its sender said. */
    occurredAt: z.string(),
    receivedAt: z.string(),
    conversationId: z.string().nullable(),
    messageId: z.string().nullable(),
  })
  .meta({ id: 'StoredEvent' });
export type StoredEvent = z.infer<typeof storedEventSchema>;

/** The outcome of an event for one webhook. */
export const eventDeliverySchema = z
  .object({
    webhookId: z.string(),
    webhookName: z.string(),
    /** The newest delivery; what follows is about it. */
    deliveryId: z.string(),
    kind: deliveryKindSchema,
    status: deliveryStatusSchema,
    attempts: z.number().int(),
    nextAttemptAt: z.string().nullable(),
    responseStatus: z.number().int().nullable(),
    errorClass: errorClassSchema.nullable(),
    createdAt: z.string(),
    completedAt: z.string().nullable(),
    /** Deliveries of the event to this webhook, including redeliveries. */
    deliveries: z.number().int(),
  })
  .meta({ id: 'EventDelivery' });
export type EventDelivery = z.infer<typeof eventDeliverySchema>;

export const eventDetailSchema = storedEventSchema
  .extend({
    receivedFrom: receivedFromSchema,
    /** Users it names in any role, at most 100. */
    userIds: z.array(z.string()),
    /** True for people who may not read messages, until they reveal them: content in `payload` is masked. */
    isContentMasked: z.boolean(),
    /** Exactly as it was received. */
    payload: z.unknown(),
    /** One entry a webhook. */
    deliveries: z.array(eventDeliverySchema),
  })
  .meta({ id: 'EventDetail' });
export type EventDetail = z.infer<typeof eventDetailSchema>;

/** A line of an export: the event with its payload. */
export const EXPORTED_EVENT_FIELDS = [
  ...Object.keys(storedEventSchema.shape),
  'isContentMasked',
  'payload',
] as const;
