import { z } from 'zod';
import { problemSchema } from '../problem.js';
import { jsonObject } from './bounded.js';
import { instantSchema, plainText } from './common.js';

/** Bytes of one event as received, 256 KiB. */
export const EVENT_LIMIT_BYTES = 262_144;
/** Bytes of one batch request, 8 MiB. */
export const BATCH_LIMIT_BYTES = 8_388_608;
export const BATCH_LIMIT_EVENTS = 1000;
/** Faults that the answer to a batch names in total. */
export const MAX_BATCH_FIELD_ERRORS = 100;

export { IDEMPOTENCY_HEADER } from './idempotency.js';

/**
 * An event as received, before its `data` is checked against the catalogue.
 * The management API refuses unknown fields; so does this envelope. Inside `data` they are kept and delivered.
 */
export const ingestEventRequestSchema = z.strictObject({
  /** The sender's own id: a repetition with the same id and content gets the first answer again. */
  id: plainText(1, 200).optional(),
  event: plainText(1, 100),
  /** When it happened; absent: when it was received. */
  timestamp: instantSchema.optional(),
  /** The ordering key; absent: taken from `data.conversationId` when there is one. */
  conversationId: plainText(1, 200).optional(),
  data: jsonObject(),
});
export type IngestEventRequest = z.infer<typeof ingestEventRequestSchema>;

export const ingestedEventSchema = z
  .object({
    eventId: z.string(),
    /** How many deliveries were planned: one for each webhook that wants the event. */
    deliveries: z.number().int(),
    /** True when this id was accepted before; nothing new was planned then. */
    duplicate: z.boolean(),
  })
  .meta({ id: 'IngestedEvent' });
export type IngestedEvent = z.infer<typeof ingestedEventSchema>;

/** One item's answer, in the order of the request. */
export const batchItemResultSchema = z.union([
  ingestedEventSchema.extend({ index: z.number().int(), status: z.literal(202) }),
  z.object({
    index: z.number().int(),
    status: z.number().int(),
    error: problemSchema.omit({ requestId: true }),
  }),
]);
export type BatchItemResult = z.infer<typeof batchItemResultSchema>;

export const ingestedBatchSchema = z.object({
  accepted: z.number().int(),
  rejected: z.number().int(),
  results: z.array(batchItemResultSchema),
  /** There are more faults than the results name: at most 20 of an item, 100 in all. */
  errorsTruncated: z.literal(true).optional(),
});
export type IngestedBatch = z.infer<typeof ingestedBatchSchema>;
