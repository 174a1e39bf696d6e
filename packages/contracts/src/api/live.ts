import { z } from 'zod';
import { alertSchema } from './alerts.js';
import { deliverySchema } from './deliveries.js';
import { successRates } from './success-rates.js';

export const LAST_EVENT_ID_HEADER = 'Last-Event-ID';

/** After this many milliseconds the service ends a stream; `EventSource` reconnects and authenticates again. */
export const LIVE_STREAM_MS = 60_000;

/** Event `delivery`: an attempt was recorded; the current delivery. */
export const liveDeliverySchema = deliverySchema.pick({
  deliveryId: true,
  callbackId: true,
  eventId: true,
  webhookId: true,
  event: true,
  kind: true,
  status: true,
  phase: true,
  heldBy: true,
  attempts: true,
  maxAttempts: true,
  responseStatus: true,
  errorClass: true,
  durationMs: true,
  nextAttemptAt: true,
  createdAt: true,
  decision: true,
  decidedBy: true,
  messageId: true,
  conversationId: true,
  receiverId: true,
});
export type LiveDelivery = z.infer<typeof liveDeliverySchema>;

/** Event `alert`: it opened, escalated, was acknowledged or resolved. */
export const liveAlertSchema = alertSchema;
export type LiveAlert = z.infer<typeof liveAlertSchema>;

/** Event `counters`, on connecting and whenever they changed. */
export const liveCountersSchema = z.object({
  /** Deliveries that wait; counted to {@link LIVE_PENDING_LIMIT}. */
  pending: z.number().int(),
  /** Of the last whole minute and the current one. */
  attempts: z.number().int(),
  failures: z.number().int(),
  /** Of these attempts; null: there was none. */
  attemptSuccessRate: successRates.attemptSuccessRate,
  /** Of deliveries created in the last hour, from the quarter of an hour in which it began. */
  deliveredRate: successRates.deliveredRate,
  p95Ms: z.number().nullable(),
  openAlerts: z.object({ warning: z.number().int(), critical: z.number().int() }),
});
export type LiveCounters = z.infer<typeof liveCountersSchema>;

export const LIVE_PENDING_LIMIT = 10_000;

/** A delivery whose attempt was recorded and is not sent as a whole. */
export const liveBriefSchema = z.object({
  deliveryId: z.string(),
  webhookId: z.string(),
  /** It was the first attempt. */
  isNew: z.boolean(),
});
export type LiveBrief = z.infer<typeof liveBriefSchema>;

/** Event `omitted`: more happened than is worth sending. Up to 1,000 deliveries a second are at least named. */
export const liveOmittedSchema = z.object({
  /** Those named, and the first attempts of others. */
  count: z.number().int(),
  deliveries: z.array(liveBriefSchema),
});
export type LiveOmitted = z.infer<typeof liveOmittedSchema>;
/** Event `reset`: what came after the last event seen is no longer known; reload lists. */
export const liveResetSchema = z.object({ reason: z.enum(['too_old', 'queue_unavailable']) });
