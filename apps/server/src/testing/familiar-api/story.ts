/** Runs the life of one project's webhooks, as a user of another webhook API would. */
import type { AuditEntry } from '@im/contracts/api/audit';
import type { Page } from '@im/contracts/api/common';
import type { Delivery, DeliveryDetail } from '@im/contracts/api/deliveries';
import type { WebhookStatistics } from '@im/contracts/api/statistics';
import type { RevealedWebhookSecret, TestWebhookResult, Webhook } from '@im/contracts/api/webhooks';
import { becomeDue } from '../become-due.js';
import { eventually, type AppUnderTest } from '../app-under-test.js';
import type { CallbackReceiver } from '../callback-receiver.js';
import { familiarEvents } from './events.js';
import type { TestService } from '../test-service.js';

const SECRET = 'your-webhook-secret-key';

/** The checks of a table's rows, by section and cell. */
export type Checks = Record<string, Record<string, (story: FamiliarStory) => Promise<void> | void>>;

/** The results that the checks read. */
export type FamiliarStory = Awaited<ReturnType<typeof runFamiliarStory>>;

async function liveThroughIt(service: TestService, app: AppUnderTest, receiver: CallbackReceiver) {
  const { admin } = service;
  for (const { name, schema, example } of familiarEvents) {
    await admin.data('POST', '/event-types', { body: { name, schema, example } });
  }
  const created = await createWebhook(app, receiver);
  const paused = await app.addWebhook(receiver.url, {
    name: 'Paused',
    enabled: false,
    events: ['test.ping'],
  });
  const revealed = await app.client.data<RevealedWebhookSecret>(
    'POST',
    `${app.base}/webhooks/${created.webhookId}/secret/reveal`,
  );

  receiver.key = SECRET;
  const events = [];
  for (const { name, example } of familiarEvents)
    events.push(await app.deliver({ event: name, data: example }));
  const callbacks = [...receiver.callbacks];
  receiver.answerWith(500, {}, 'Internal Server Error');
  const failed = await app.deliver({ event: 'build.failed', data: exampleOf('build.failed') });
  receiver.answerWith(200, {}, 'OK');
  const redelivered = await app.client.data<Delivery>(
    'POST',
    `${app.base}/deliveries/${failed.deliveryId}/redeliver`,
  );
  await eventually(async () => (await app.delivery(redelivered.deliveryId)).status === 'success');
  const tested = await sendTest(app, created.webhookId);
  receiver.answerWith(503, {}, 'Come later');
  const testFailed = await sendTest(app, created.webhookId);
  receiver.answerWith(200, {}, 'OK');
  const alone = await app.client.data<TestWebhookResult>('POST', `${base(app, created)}/test`);

  const updated = await updateWebhook(app, created.webhookId);
  return {
    ...{
      app,
      admin,
      receiverUrl: receiver.url,
      created,
      paused,
      revealed,
      events,
      callbacks,
      failed,
      redelivered,
    },
    ...{ tested, testFailed, alone, updated },
  };
}

export async function runFamiliarStory(service: TestService, app: AppUnderTest, receiver: CallbackReceiver) {
  const results = await liveThroughIt(service, app, receiver);
  const { admin, created, tested, redelivered } = results;
  const doomed = await app.addWebhook(receiver.url, { name: 'Doomed', events: ['file.updated'] });
  const deletion = await app.call('DELETE', `/webhooks/${doomed.webhookId}`);
  // As if a minute had passed, so that all deliveries are due.
  await becomeDue(service.database);
  const audit = await admin.call('GET', `/audit-log?action=webhook.deleted&appKey=${app.appKey}`);
  return {
    ...{ ...results, doomed, deletion, audit: (audit.body as Page<AuditEntry>).data },
    webhook: await app.webhook(created.webhookId),
    stats: await app.client.data<WebhookStatistics>('GET', `${base(app, created)}/stats?period=day`),
    testDetail: await app.delivery(tested.deliveryId),
    redeliveryDetail: await app.delivery(redelivered.deliveryId),
    history: (query: string) => historyOf(app, created.webhookId, query),
    list: async (query: string) => {
      const answer = await app.call('GET', `/webhooks${query}`);
      return answer.body as Page<Webhook> & { page: { total: number } };
    },
  };
}

export function exampleOf(event: string): Record<string, unknown> {
  const found = familiarEvents.find(({ name }) => name === event);
  if (!found) throw new Error(`No such event: ${event}`);
  return found.example;
}

function base(app: AppUnderTest, { webhookId }: Webhook): string {
  return `${app.base}/webhooks/${webhookId}`;
}

/** The create of the familiar kind, every field of it. */
function createWebhook(app: AppUnderTest, receiver: CallbackReceiver): Promise<Webhook> {
  return app.addWebhook(receiver.url, {
    name: 'CI/CD Notifications',
    description: 'Receive notifications for build and deployment events',
    events: familiarEvents.map(({ name }) => name),
    secret: SECRET,
    enabled: true,
    headers: { 'X-Custom-Header': 'custom-value', Authorization: 'Bearer your-api-token' },
    timeoutMs: 30_000,
    retryPolicy: {
      maxAttempts: 3,
      strategy: 'exponential',
      initialDelayMs: 50,
      maxDelayMs: 200,
      retryOnStatus: [500, 502, 503, 504],
      retryOnTimeout: true,
    },
  });
}

function updateWebhook(app: AppUnderTest, webhookId: string): Promise<Webhook> {
  return app.changeWebhook(webhookId, {
    events: ['build.completed', 'security.alert'],
    enabled: true,
    secret: '',
    timeoutMs: 45_000,
    retryPolicy: { maxAttempts: 5, strategy: 'exponential', initialDelayMs: 2_000, maxDelayMs: 120_000 },
  });
}

function sendTest(app: AppUnderTest, webhookId: string): Promise<TestWebhookResult> {
  const body = { event: 'build.completed', data: exampleOf('build.completed') };
  return app.client.data('POST', `${app.base}/webhooks/${webhookId}/test`, { body });
}

async function historyOf(app: AppUnderTest, webhookId: string, query: string): Promise<Page<Delivery>> {
  const answer = await app.call('GET', `/webhooks/${webhookId}/deliveries${query}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body as Page<Delivery>;
}

/** Of a delivery that failed: its last attempt. */
export function lastAttemptOf({ attemptLog }: DeliveryDetail) {
  return attemptLog.at(-1);
}
