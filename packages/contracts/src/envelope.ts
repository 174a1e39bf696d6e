import { z } from 'zod';

/**
 * The body a receiver gets, format `im`. Key order is as here; the bytes signed are the bytes sent.
 * `data` is the event's payload exactly as it was received.
 */
export const callbackEnvelopeSchema = z.object({
  /** Names this event for this webhook: the same in every retry and redelivery, so receivers drop duplicates by it. */
  callbackId: z.string(),
  event: z.string(),
  appKey: z.string(),
  /** When the event happened, ISO 8601 UTC. */
  timestamp: z.string(),
  webhookId: z.string(),
  /** New in a redelivery. */
  deliveryId: z.string(),
  data: z.unknown(),
});
export type CallbackEnvelope = z.infer<typeof callbackEnvelopeSchema>;
