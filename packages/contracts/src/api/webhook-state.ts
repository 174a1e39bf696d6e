/** Defines how people enable, disable, pause and resume a webhook. */
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
   * What happens to waiting deliveries. `keep`: they stay pending, and go out once the webhook is enabled again, unless
   * their payloads' retention is over before. `cancel`: they are canceled.
   */
  waiting: z.enum(['keep', 'cancel']).default('keep'),
});
export type DisableWebhookRequest = z.input<typeof disableWebhookRequestSchema>;

/** The answer to sending everything now that waits for a webhook. */
export const sentNowSchema = z.object({
  /** Deliveries that wait for the webhook; they go out as fast as its receiver accepts them. */
  waiting: z.number().int(),
});
export type SentNow = z.infer<typeof sentNowSchema>;
