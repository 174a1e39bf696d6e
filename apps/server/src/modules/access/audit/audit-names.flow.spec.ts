import type { ListedAuditEntry } from '@im/contracts/api/audit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixedRetry } from '../../../testing/app-under-test.js';
import { CallbackReceiver } from '../../../testing/callback-receiver.js';
import { startTestService, type TestService } from '../../../testing/test-service.js';

let service: TestService;
let receiver: CallbackReceiver;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
});

afterAll(async () => {
  await receiver.stop();
  await service.stop();
});

it('entries name the event and the webhook of a delivery, as long as the webhook exists', async () => {
  const app = await service.addApp();
  const { webhookId } = await app.addWebhook(receiver.url, {
    name: 'Moderation',
    retryPolicy: fixedRetry(1),
  });
  const { deliveryId, event } = await app.deliver();
  await app.call('POST', `/deliveries/${deliveryId}/redeliver`);
  const [redelivered] = await entries(`&action=delivery.redelivered&targetId=${deliveryId}`);
  expect(redelivered?.subject).toEqual({
    ...{ event, rule: null, webhookId, webhookName: 'Moderation', sourceId: null, sourceName: null },
  });
  await service.admin.call('DELETE', `${app.base}/webhooks/${webhookId}`);
  const [later] = await entries(`&action=delivery.redelivered&targetId=${deliveryId}`);
  expect(later?.subject).toMatchObject({ event, webhookId: null, webhookName: null });
  const [removed] = await entries(`&action=webhook.deleted&targetId=${webhookId}`);
  expect(removed?.subject).toMatchObject({ webhookId: null });
});

function entries(query: string): Promise<ListedAuditEntry[]> {
  return service.admin.data<ListedAuditEntry[]>('GET', `/audit-log?limit=10${query}`);
}
