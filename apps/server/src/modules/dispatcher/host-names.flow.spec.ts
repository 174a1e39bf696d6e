/** Webhooks whose host names are not answered delay only themselves. */
import { DnsServer } from '@im/testbed/dns-server';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { HostResolver } from '../../platform/dns/host-resolver.js';
import { AppUnderTest, eventually, fixedRetry } from '../../testing/app-under-test.js';
import { addApp } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { friendDeleted } from '../../testing/sample-events.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const HANGING_NAMES = 40;

let dns: DnsServer;
let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeAll(async () => {
  dns = await DnsServer.start((name) =>
    name.includes('hang') ? { kind: 'silence' } : { kind: 'addresses', addresses: ['127.0.0.1'] },
  );
  service = await startTestService({ DNS_SERVERS: dns.address });
});

beforeEach(async () => {
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
  await dns.stop();
});

function urlAt(host: string): string {
  return `http://${host}:${receiver.port}/callback`;
}

it.each(['localhost', 'healthy.example'])(
  'names that hang delay neither another tenant’s webhook at %s nor their own tenant’s, and are no failure of either',
  async (host) => {
    const tenant = await addTenant(service, `names-${host}@example.com`);
    const other = new AppUnderTest(tenant.admin, await addApp(tenant.admin));
    const hanging = Array.from({ length: HANGING_NAMES }, (_, n) =>
      app.addWebhook(`http://hang${n}.${host}.example/`, { events: ['friend.deleted'] }),
    );
    await Promise.all(hanging);
    await app.post(friendDeleted());
    for (const healthy of [app, other]) {
      const { webhookId } = await healthy.addWebhook(urlAt(host), { events: ['message.sent'] });
      for (let n = 0; n < 20; n += 1) await healthy.post();
      await eventually(async () => (await healthy.webhook(webhookId)).stats.succeeded === 20);
      const deliveries = await healthy.deliveries('?status=success&limit=50');
      expect(deliveries.map(({ attempts }) => attempts)).toEqual(Array.from({ length: 20 }, () => 1));
      expect(await healthy.webhook(webhookId)).toMatchObject({ health: 'healthy', consecutiveFailures: 0 });
    }
  },
);

it('a delivery that only waited until its name could be looked up is not counted as an attempt', async () => {
  const tenant = await addTenant(service, 'crowded@example.com');
  const crowded = new AppUnderTest(tenant.admin, await addApp(tenant.admin));
  const { webhookId } = await crowded.addWebhook(urlAt('127.0.0.1'), {
    timeoutMs: 1_000,
    retryPolicy: fixedRetry(1),
  });
  const { resolve } = service.app.get(HostResolver);
  const lookUps = Array.from({ length: 500 }, (_, n) =>
    resolve(`crowd-hang${n}.example`, { owner: tenant.tenantId }).catch(() => undefined),
  );
  await crowded.changeWebhook(webhookId, { url: urlAt('crowded.example') });
  const { eventId } = await crowded.post();
  const delivery = await crowded.outcome(eventId);
  expect(delivery).toMatchObject({ status: 'success', attempts: 1, errorClass: null });
  expect(await crowded.webhook(webhookId)).toMatchObject({ health: 'healthy', consecutiveFailures: 0 });
  await Promise.all(lookUps);
});

it('a name that is not answered is explained, and not looked up for each attempt', async () => {
  const { webhookId } = await app.addWebhook('http://silent-hang.example/', {
    retryPolicy: fixedRetry(5, 100),
  });
  const asked = dns.timesAsked('silent-hang.example');
  const delivery = await app.deliver();
  expect(delivery).toMatchObject({ status: 'failed', attempts: 5, errorClass: 'dns' });
  expect(delivery.attemptLog.at(-1)?.errorMessage).toContain('ETIMEOUT');
  // Each look-up asks for both families, some times over.
  expect(dns.timesAsked('silent-hang.example') - asked).toBeLessThanOrEqual(16);
  expect(await app.webhook(webhookId)).toMatchObject({ consecutiveFailures: 5 });
});
