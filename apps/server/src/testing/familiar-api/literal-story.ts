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
const SCOPES: ApiTokenScope[] = ['webhooks:read', 'webhooks:write', 'deliveries:read', 'deliveries:write'];

export type LiteralStory = Awaited<ReturnType<typeof runLiteralStory>>;

/** In a tenant of its own: its event types are those of the pack. */
export async function runLiteralStory(service: TestService) {
  const { admin } = await addTenant(service, 'literal@example.com');
  const app = new AppUnderTest(admin, await addApp(admin, { externalId: 'proj_123' }));
  const other = new AppUnderTest(admin, await addApp(admin));
  const installed = await admin.data<InstalledPack>('POST', '/event-type-packs/trae/install');
  const again = await admin.data<InstalledPack>('POST', '/event-type-packs/trae/install');
  const clientOf = async (override: Record<string, unknown>): Promise<ApiClient> =>
    service.anonymous.withToken((await addApiToken(admin, SCOPES, override)).token);
  const client = await clientOf({ appKey: app.appKey });
  const receiver = await CallbackReceiver.start(SECRET);
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
  const tested = await ok<FamiliarTestResult>(client, 'POST', `${path}/test`, {
    event_type: 'build.completed',
    payload: { build_id: 'build_test_123' },
  });
  receiver.answerWith(200, {}, 'OK');
  const deliveries = await ok<FamiliarDeliveryPage>(client, 'GET', `${path}/deliveries`);
  const whole = await ok<FamiliarWebhook>(client, 'GET', path);
  const stored = await app.webhook(created.webhook_id);
  const redelivered = await ok<FamiliarRedelivery>(
    client,
    'POST',
    `${path}/deliveries/${failed.deliveryId}/redeliver`,
  );
  await eventually(async () => (await app.delivery(redelivered.delivery_id)).status === 'success');
  const statistics = await ok<FamiliarStatistics>(client, 'GET', `${path}/stats?period=day`);
  const updated = await ok<FamiliarUpdatedWebhook>(client, 'PUT', path, {
    secret: whole.secret,
    timeout: 45,
    retry_policy: { max_attempts: 5 },
  });
  const idle = await ok<FamiliarCreatedWebhook>(await clientOf({}), 'POST', '', {
    url: receiver.url,
    events: [],
    name: 'Idle',
    project_id: other.appKey,
    signature_prefix: 'X-Acme',
    active: false,
  });
  const revealed = await admin.data<{ secret: string }>(
    'POST',
    `${app.base}/webhooks/${created.webhook_id}/secret/reveal`,
  );
  await receiver.stop();
  return {
    ...{ app, other, client, unbound: await clientOf({}), clientOf, installed, again, created, stored },
    ...{ delivered, callback, failed, tested, deliveries, whole, redelivered, statistics, updated, idle },
    ...{ revealed, SECRET },
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
