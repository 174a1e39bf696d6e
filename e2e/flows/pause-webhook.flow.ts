/** Opens the breaker of a webhook by failures in a row, so that several deliveries wait. */
import type { CreateWebhookRequest, Webhook } from '@im/contracts/api/webhooks';
import { expect } from '@playwright/test';
import type { AppInTest } from '../harness/app-in-test.js';
import type { Receiver } from '../harness/receiver.js';

export const WAITING = 3;

/** Many more attempts than it takes to open the breaker, so that nothing is exhausted before. */
const TRIES: CreateWebhookRequest['retryPolicy'] = { strategy: 'fixed', initialDelayMs: 50, maxAttempts: 50 };

/** The receiver fails from here on. */
export async function pauseWebhook(
  app: AppInTest,
  receiver: Receiver,
  request: Partial<CreateWebhookRequest> = {},
): Promise<Webhook> {
  receiver.answerWith({ status: 503, body: '{"error":"维护中"}' });
  const { webhookId } = await app.createWebhook({ url: receiver.url, retryPolicy: TRIES, ...request });
  for (let sent = 0; sent < WAITING; sent += 1) await app.sendEvent();
  const find = async () => (await app.listWebhooks()).find((one) => one.webhookId === webhookId);
  await expect.poll(async () => (await find())?.health).toBe('paused');
  const paused = await find();
  if (!paused) throw new Error(`webhook ${webhookId} is not in the list`);
  return paused;
}
