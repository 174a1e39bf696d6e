import { expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { alertsRoutes } from '../features/alerts/alerts.routes.js';
import { deliveriesRoutes, webhookLogRoute } from '../features/deliveries/deliveries.routes.js';
import { sourcesRoutes } from '../features/sources/sources.routes.js';
import { webhooksRoutes } from '../features/webhooks/webhooks.routes.js';
import { pageOfApp } from './page-of-app.js';

const router = createRouter({
  history: createMemoryHistory(),
  routes: [...alertsRoutes, ...deliveriesRoutes, ...sourcesRoutes, ...webhooksRoutes(webhookLogRoute)],
});

it.each([
  ['/apps/ak_1/im-webhooks', '/apps/ak_2/im-webhooks'],
  ['/apps/ak_1/im-webhook-alerts?status=all&webhookId=w1', '/apps/ak_2/im-webhook-alerts?status=all'],
  ['/apps/ak_1/deliveries?status=failed&cursor=c&open=d1', '/apps/ak_2/deliveries?status=failed'],
  ['/apps/ak_1/im-webhooks/w1/deliveries?event=message.sent', '/apps/ak_2/deliveries?event=message.sent'],
  ['/apps/ak_1/im-webhooks/w1', '/apps/ak_2/im-webhooks'],
  ['/apps/ak_1/im-webhooks/w1/history', '/apps/ak_2/im-webhooks'],
  ['/apps/ak_1/sources', '/apps/ak_2/sources'],
  ['/apps/ak_1/sources/s1?tab=requests&open=r1', '/apps/ak_2/sources'],
])('from %s the switcher leads to %s', async (here, there) => {
  await router.push(here);
  expect(router.resolve(pageOfApp(router.currentRoute.value, 'ak_2')).fullPath).toBe(there);
});
