/** Runs the life of a webhook through `/api/webhooks`, for the checks of docs/familiar-api.md. */
import type { AuditEntry } from '@im/contracts/api/audit';
import type { ApiTokenScope } from '@im/contracts/api/api-tokens';
import type { InstalledPack } from '@im/contracts/api/event-type-packs';
import type {
  FamiliarDeliveryPage,
  FamiliarRedelivery,
  FamiliarStatistics,
} from '@im/contracts/api/familiar-deliveries';
import type {
  FamiliarCreatedWebhook,
  FamiliarTestResult,
  FamiliarUpdatedWebhook,
  FamiliarWebhook,
  FamiliarWebhookPage,
} from '@im/contracts/api/familiar-webhooks';
import type { ApiAnswer, ApiClient } from '../api-client.js';
import { AppUnderTest, eventually } from '../app-under-test.js';
import { addApiToken, addApp } from '../apps.js';
import { CallbackReceiver } from '../callback-receiver.js';
import { addTenant } from '../tenants.js';
import type { TestService } from '../test-service.js';

const SECRET = 'my-webhook-secret-key';
const INSTALL = '/event-type-packs/trae/install';
const SCOPES: ApiTokenScope[] = ['webhooks:read', 'webhooks:write', 'deliveries:read', 'deliveries:write'];

export type LiteralStory = Awaited<ReturnType<typeof runLiteralStory>>;

/** A tenant of its own, whose event types are those of the pack, with two apps and a client bound to the first. */
async function settleIn(service: TestService) {
  const { admin } = await addTenant(service, 'literal@example.com');
  const app = new AppUnderTest(admin, await addApp(admin, { externalId: 'proj_123' }));
  const other = new AppUnderTest(admin, await addApp(admin));
  const installed = await admin.data<InstalledPack>('POST', INSTALL);
  const again = await admin.data<InstalledPack>('POST', INSTALL);
  const clientOf = async (override: Record<string, unknown>): Promise<ApiClient> =>
    service.anonymous.withToken((await addApiToken(admin, SCOPES, override)).token);
  const client = await clientOf({ appKey: app.appKey });
  return { admin, app, other, installed, again, client, unbound: await clientOf({}) };
}

/** One event arrives, one fails, a test fails, and the failed one is delivered again. */
async function deliverThrough(app: AppUnderTest, client: ApiClient, receiver: CallbackReceiver) {
  const created = await ok<FamiliarCreatedWebhook>(client, 'POST', '', {
    url: receiver.url,
    events: ['build.completed', 'build.failed'],
    name: 'CI/CD Notifications',
    secret: SECRET,
  });
  const path = `/${created.webhook_id}`;
  const delivered = await app.deliver({ event: 'build.completed', data: { build_id: 'build_1', n: 1 } });
  const [callback] = receiver.callbacks;
  receiver.answerWith(404, {}, 'Not here');
  const failed = await app.deliver({ event: 'build.failed', data: { build_id: 'build_2' } });
  const test = { event_type: 'build.completed', payload: { build_id: 'build_test_123' } };
  const tested = await ok<FamiliarTestResult>(client, 'POST', `${path}/test`, test);
  receiver.answerWith(200, {}, 'OK');
  const deliveries = await ok<FamiliarDeliveryPage>(client, 'GET', `${path}/deliveries`);
  const whole = await ok<FamiliarWebhook>(client, 'GET', path);
  const redelivery = `${path}/deliveries/${failed.deliveryId}/redeliver`;
  const redelivered = await ok<FamiliarRedelivery>(client, 'POST', redelivery);
  await eventually(async () => (await app.delivery(redelivered.delivery_id)).status === 'success');
  return { created, path, delivered, callback, failed, tested, deliveries, whole, redelivered };
}

export async function runLiteralStory(service: TestService) {
  const settled = await settleIn(service);
  const { admin, app, other, client, unbound } = settled;
  const receiver = await CallbackReceiver.start(SECRET);
  const through = await deliverThrough(app, client, receiver);
  const { path, whole, created } = through;
  const stored = await app.webhook(created.webhook_id);
  const statistics = await ok<FamiliarStatistics>(client, 'GET', `${path}/stats?period=day`);
  const updated = await ok<FamiliarUpdatedWebhook>(client, 'PUT', path, {
    secret: whole.secret,
    timeout: 45,
    retry_policy: { max_attempts: 5 },
  });
  const idle = await ok<FamiliarCreatedWebhook>(unbound, 'POST', '', {
    url: receiver.url,
    events: [],
    name: 'Idle',
    project_id: other.appKey,
    signature_prefix: 'X-Acme',
    active: false,
  });
  const secretPath = `${app.base}/webhooks/${created.webhook_id}/secret/reveal`;
  const revealed = await admin.data<{ secret: string }>('POST', secretPath);
  await receiver.stop();
  return {
    ...{ ...settled, ...through, stored, statistics, updated, idle, revealed, SECRET },
    audit: async (action: string) =>
      (await admin.call('GET', `/audit-log?action=${action}`)).body as { data: AuditEntry[] },
    list: (query: string) => ok<FamiliarWebhookPage>(client, 'GET', query),
  };
}

/** @param path below `/api/webhooks` */
export function callFamiliar(
  client: ApiClient,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  return client.call(method, `/api/webhooks${path}`, body === undefined ? {} : { body });
}

async function ok<T>(
  client: ApiClient,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await callFamiliar(client, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
  return answer.body as T;
}
