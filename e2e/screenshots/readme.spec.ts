/** Takes the pictures of the README, of a typical team's app. */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { AppInTest } from '../harness/app-in-test.js';
import { findProduct } from '../harness/product-address.js';
import type { Receiver } from '../harness/receiver.js';
import { expect, test } from '../harness/test.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

const WIDTH = 1480;
const WINDOW = { width: WIDTH, height: 1000 };

test.use({ viewport: WINDOW, contextOptions: { reducedMotion: 'reduce' } });

const EVENTS = [
  'message.sent',
  'message.read',
  'message.sent',
  'message.edited',
  'message.sent',
  'message.revoked',
];

/** Delivers to the receiver; only then the addresses become those that the reader is to see. */
async function seed(app: AppInTest, receiver: Receiver): Promise<string> {
  const orders = await app.createWebhook({
    url: `${receiver.url}/orders`,
    name: '订单系统',
    secret: 'secret of the order system',
    events: ['message.*'],
    retryPolicy: { strategy: 'fixed', initialDelayMs: 200, maxAttempts: 3 },
  });
  for (const event of EVENTS) await app.sendEvent(event);
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(EVENTS.length);
  receiver.answerWith({ status: 503, body: '{"error":"upstream is restarting"}', delayMs: 40 });
  await app.sendEvent('message.sent');
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);
  const risk = await app.createWebhook({
    url: `${receiver.url}/risk`,
    name: '风控',
    events: ['friend.*', 'blacklist.*'],
    retryPolicy: { strategy: 'fixed', initialDelayMs: 100, maxAttempts: 12 },
  });
  await app.sendEvent('friend.request.sent');
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(2);
  await app.updateWebhook(orders.webhookId, { url: 'https://orders.example.com/im/callback' });
  await app.updateWebhook(risk.webhookId, { url: 'https://risk.example.com/hooks/im' });
  await app.createWebhook({
    url: 'https://search.example.com/index/messages',
    name: '消息检索',
    secret: 'secret of the search',
  });
  await app.createWebhook({ url: 'https://staging.example.com/im', enabled: false });
  return orders.webhookId;
}

async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({
    path: fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)),
    animations: 'disabled',
    caret: 'hide',
  });
}

/** Makes the window as high as the page, so that the picture shows all of it and the side navigation reaches down. */
async function showWholePage(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: WIDTH, height });
}

test('the pictures of the README', async ({ page, admin, receiver }) => {
  const app = await AppInTest.create(findProduct().url, admin, '聊天助手');
  const webhookId = await seed(app, receiver);
  const webhooks = new WebhooksPage(page);
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);

  await webhooks.open(app.appKey);
  await expect(webhooks.healthIn(webhooks.row('risk.example.com'))).toHaveText('失败 12 次');
  await showWholePage(page);
  await takePicture(page, 'webhooks');
  await page.setViewportSize(WINDOW);

  await log.open(app.appKey, webhookId);
  await expect(log.rows).toHaveCount(EVENTS.length + 1);
  await log.openIn(log.rows.first()).click();
  await expect(drawer.attempts).toHaveCount(3);
  await takePicture(page, 'delivery');
});
