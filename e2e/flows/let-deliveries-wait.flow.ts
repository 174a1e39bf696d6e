/** Lets deliveries fail once and wait for a retry far in the future; the receiver works again afterwards. */
import type { Webhook } from '@im/contracts/api/webhooks';
import { expect } from '@playwright/test';
import type { AppInTest } from '../harness/app-in-test.js';
import type { Receiver } from '../harness/receiver.js';

export async function letDeliveriesWait(app: AppInTest, receiver: Receiver, count: number): Promise<Webhook> {
  receiver.answerWith({ status: 503, body: '{"error":"维护中"}' });
  const webhook = await app.createWebhook({
    url: receiver.url,
    retryPolicy: { strategy: 'fixed', initialDelayMs: 3_600_000, maxAttempts: 5 },
  });
  for (let sent = 0; sent < count; sent += 1) await app.sendEvent();
  await expect
    .poll(async () => (await app.listDeliveries('pending')).filter(({ attempts }) => attempts === 1))
    .toHaveLength(count);
  receiver.answerWith({ status: 200, body: '{"ok":true}' });
  return webhook;
}
