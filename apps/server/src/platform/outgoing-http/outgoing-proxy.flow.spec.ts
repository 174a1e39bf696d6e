/** Lets the outgoing proxy of the installation fail, which is no failure of any receiver. */
import type { Problem } from '@im/contracts/problem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { startConnectProxy, type ConnectProxy } from '../../testing/connect-proxy.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const REFUSAL = 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n';

const behaviour: { refuseWith?: string } = {};
let proxy: ConnectProxy;
let service: TestService;

beforeAll(async () => {
  proxy = await startConnectProxy(behaviour);
  service = await startTestService({ OUTGOING_PROXY_URL: `http://127.0.0.1:${String(proxy.port)}` });
});

afterAll(async () => {
  await service.stop();
  await proxy.stop();
});

it('deliveries wait for a proxy that refuses our credentials, and use up none of their attempts', async () => {
  behaviour.refuseWith = REFUSAL;
  const app = await service.addApp();
  const receiver = await CallbackReceiver.start(app.appSecret);
  const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: { maxAttempts: 1 } });
  const { eventId } = await app.post();
  await eventually(() => proxy.asked.length >= 2);

  const test = await app.call('POST', `/webhooks/${webhookId}/test`, { body: {} });
  expect(test.status).toBe(503);
  expect((test.body as Problem).detail).toContain('The outgoing proxy refuses the credentials');

  const [waiting] = await app.deliveries(`?eventId=${eventId}`);
  expect(waiting).toMatchObject({ status: 'pending', attempts: 0 });
  delete behaviour.refuseWith;
  expect(await app.outcome(eventId)).toMatchObject({ status: 'success', attempts: 1 });
  await receiver.stop();
});
