import { afterAll, beforeAll, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { retryTransient } from '../../../platform/database/retry-transient.js';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  plannedDelivery,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { insertDeliveries } from '../../delivery-store/data/insert-deliveries.js';
import { attemptRecords, webhookDeletions } from '../../../testing/stores.js';

const DELIVERIES = 400;
const PER_BATCH = 50;

let test: TestDataSource;
let appId: string;

beforeAll(async () => {
  test = await openTestDataSource();
  appId = await addAppRow(test);
});

afterAll(async () => {
  await test.close();
});

/** Records a failure, to be retried, for each of the deliveries. */
function recordFailures(deliveryIds: string[], webhookId: string): Promise<unknown> {
  const records = attemptRecords(test.dataSource);
  const batch = deliveryIds.map((deliveryId) => ({
    deliveryId,
    webhookId,
    kind: 'event' as const,
    attempt: 1,
    status: 'pending' as const,
    retryInMs: 60_000,
    holdMs: 0,
    requestHeaders: '{}',
    outcome: {
      startedAt: new Date(),
      durationMs: 1,
      phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null },
      remoteAddress: null,
      responseStatus: null,
      responseHeaders: null,
      responseBody: null,
      isResponseTruncated: false,
      errorClass: 'connect_refused' as const,
      errorMessage: null,
      retryAfterMs: null,
      evidence: null,
    },
  }));
  return retryTransient(() => records.record(batch), 15_000);
}

it('a webhook is deleted, and everything of it canceled, while its deliveries fail by the hundred', async () => {
  const api = await test.openAnother();
  const webhooks = webhookDeletions(api);
  for (let round = 0; round < 2; round += 1) {
    const webhookId = await addWebhookRow(test, appId);
    const ids = Array.from({ length: DELIVERIES }, () => uuidV7());
    await test.dataSource.transaction((manager) =>
      insertDeliveries(
        manager,
        ids.map((deliveryId) => plannedDelivery({ appId, webhookId, deliveryId })),
        0,
      ),
    );
    const batches = Array.from({ length: DELIVERIES / PER_BATCH }, (_, index) =>
      ids.filter((_id, at) => at % (DELIVERIES / PER_BATCH) === index),
    );
    await Promise.all([
      ...batches.map((batch, index) => recordFailures(index % 2 ? batch : batch.reverse(), webhookId)),
      webhooks.deleteOne(webhookId, { by: 'test', at: new Date(), expected: null }),
    ]);
    const statuses = await test.query('SELECT DISTINCT status FROM delivery_log WHERE webhook_id = $1', [
      webhookId,
    ]);
    expect(statuses).toEqual([{ status: 'canceled' }]);
  }
});
