/** Fills every page of an app: deliveries that arrived and failed, open alerts, and sources with requests. */
import { expect } from '@playwright/test';
import type { AppInTest } from '../harness/app-in-test.js';
import { postOpenimMessage } from '../harness/openim-request.js';
import type { Receiver } from '../harness/receiver.js';

export type SeededPages = Record<
  | 'apps'
  | 'overview'
  | 'webhooks'
  | 'testReceiver'
  | 'log'
  | 'drawer'
  | 'alerts'
  | 'docs'
  | 'debug'
  | 'sources'
  | 'source'
  | 'sourceRequests'
  | 'sourceChecklist'
  | 'sourceMessages',
  string
>;

/** @returns the addresses of the pages */
export async function seedEveryPage(app: AppInTest, receiver: Receiver): Promise<SeededPages> {
  await app.createWebhook({
    url: `${receiver.url}/healthy`,
    name: '订单系统',
    secret: 'a secret of its own',
    events: ['message.*'],
  });
  await app.createWebhook({ url: `${receiver.url}/paused`, enabled: false });
  await app.sendEvent('message.sent');
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);

  receiver.answerWith({ status: 500, body: '{"error":"数据库连不上"}' });
  const failing = await app.createWebhook({
    url: `${receiver.url}/failing`,
    events: ['friend.*'],
    retryPolicy: { strategy: 'fixed', initialDelayMs: 50, maxAttempts: 10 },
  });
  await app.sendEvent('friend.request.sent');
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);
  const [failed] = await app.listDeliveries('failed');

  const { url } = await app.createTestReceiver();
  await fetch(url ?? '', { method: 'POST', body: '{"signed":false}' });

  const webhooks = `/apps/${app.appKey}/im-webhooks`;
  const log = `${webhooks}/${failing.webhookId}/deliveries`;
  return {
    apps: '/apps',
    overview: `/apps/${app.appKey}`,
    webhooks,
    testReceiver: `${webhooks}/test-receiver`,
    log,
    drawer: `${log}?open=${failed?.deliveryId ?? ''}`,
    alerts: `/apps/${app.appKey}/im-webhook-alerts`,
    docs: `/apps/${app.appKey}/docs`,
    debug: `/apps/${app.appKey}/debug?deliveryId=${failed?.deliveryId ?? ''}`,
    ...(await seedSources(app)),
  };
}

type SourcePages = Pick<SeededPages, Extract<keyof SeededPages, `source${string}`>>;

/** Of an OpenIM server with a request that was not understood, and of a bot. */
async function seedSources(app: AppInTest): Promise<SourcePages> {
  // It is evaluated in rounds, so whether its alert is open yet would depend on when a test began.
  await app.changeAlertRules({ rules: { source_rejecting: { enabled: false } } });
  const openim = await app.createSource({ kind: 'openim', name: '生产环境' });
  await postOpenimMessage(openim.url);
  await fetch(`${openim.url}/callbackOfAnotherVersionCommand`, { method: 'POST', body: '<html>' });
  const bot = await app.createSource({
    kind: 'dootask',
    name: '机器人',
    settings: { address: 'http://127.0.0.1:9', botToken: 'made up', botId: '7' },
  });
  const sources = `/apps/${app.appKey}/sources`;
  const source = `${sources}/${openim.sourceId}`;
  return {
    sources,
    source,
    sourceRequests: `${source}?tab=requests`,
    sourceChecklist: `${source}?tab=checklist`,
    sourceMessages: `${sources}/${bot.sourceId}?tab=messages`,
  };
}
