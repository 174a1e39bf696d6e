/** What people do about whether a webhook gets anything, and what is answered. */
import { z } from 'zod';
import { webhookSchema } from './webhooks.js';

/** A webhook after a person enabled, disabled, paused or resumed it. */
export const webhookStateSchema = webhookSchema
  .extend({
    /** Deliveries that wait for it now, retries included. */
    waiting: z.number().int(),
  })
  .meta({ id: 'WebhookState' });
export type WebhookState = z.infer<typeof webhookStateSchema>;

export const disableWebhookRequestSchema = z.strictObject({
  /**
   * What becomes of deliveries that wait. `keep`: they go on waiting, and go out once the webhook is enabled again, unless
   * their payloads' retention is over before. `cancel`: they are canceled.
   */
  waiting: z.enum(['keep', 'cancel']).default('keep'),
});
export type DisableWebhookRequest = z.input<typeof disableWebhookRequestSchema>;

/** What is on its way after everything that waits for a webhook was sent now. */
export const sentNowSchema = z.object({
  /** Deliveries that wait for the webhook; they go out as fast as its receiver takes them. */
  waiting: z.number().int(),
});
export type SentNow = z.infer<typeof sentNowSchema>;
