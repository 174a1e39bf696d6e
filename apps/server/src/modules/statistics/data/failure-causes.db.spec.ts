import type { DeliveryKind } from '@im/contracts/api/deliveries';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  plannedDelivery,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { insertDeliveries } from '../../delivery-store/data/insert-deliveries.js';
import { FailureCausesRepository } from './failure-causes.repository.js';

const NOW_MS = Date.now();
const FROM = new Date(NOW_MS - 3_600_000);
const TO = new Date(NOW_MS);

let test: TestDataSource;
let causes: FailureCausesRepository;

beforeAll(async () => {
  test = await openTestDataSource();
  causes = new FailureCausesRepository(test.dataSource);
});

afterAll(async () => {
  await test.close();
});

interface Some {
  webhookId: string;
  count?: number;
  kind?: DeliveryKind;
  status?: 'pending' | 'failed' | 'canceled';
  errorClass?: string | null;
  responseStatus?: number | null;
  ageMs?: number;
}

async function add(appId: string, some: Some): Promise<void> {
  const { webhookId, count = 1, kind = 'event', status = 'pending', ageMs = 60_000 } = some;
  const { errorClass = null, responseStatus = null } = some;
  const planned = Array.from({ length: count }, () =>
    plannedDelivery({
      ...{ appId, webhookId, kind, event: 'message.sent' },
      status: 'pending',
      deliveryId: uuidV7({ msecs: NOW_MS - ageMs }),
    }),
  );
  for (let done = 0; done < count; done += 500) {
    await insertDeliveries(test.dataSource, planned.slice(done, done + 500), 0);
  }
  const ids = planned.map(({ deliveryId }) => deliveryId);
  await test.query(
    'UPDATE pending_deliveries SET error_class = $2, response_status = $3 WHERE delivery_id = ANY($1)',
    [ids, errorClass, responseStatus],
  );
  if (status === 'pending') return;
  await test.query(
    `WITH moved AS (DELETE FROM pending_deliveries WHERE delivery_id = ANY($1) RETURNING *)
     INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
       max_attempts, response_status, error_class, created_at, completed_at)
     SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, $2, 1, max_attempts, response_status,
       error_class, created_at, now() FROM moved`,
    [ids, status],
  );
}

it('counts what failed and what is retried in the span, however much waits elsewhere without having been tried', async () => {
  const appId = await addAppRow(test);
  const [paused, failing] = [await addWebhookRow(test, appId), await addWebhookRow(test, appId)];
  const failed = { webhookId: failing, status: 'failed', errorClass: 'server_error' } as const;
  await add(appId, { webhookId: paused, count: 500, ageMs: 120_000 });
  await add(appId, { webhookId: failing, count: 3, errorClass: 'response_timeout' });
  await add(appId, { ...failed, count: 2, responseStatus: 500 });
  await add(appId, { ...failed, kind: 'redelivery', responseStatus: 502 });
  await add(appId, { ...failed, kind: 'test' });
  await add(appId, { ...failed, status: 'canceled' });
  await add(appId, { ...failed, ageMs: 4_000_000 });
  await add(appId, { webhookId: failing, kind: 'test', errorClass: 'response_timeout' });
  const counted = await causes.count(appId, FROM, TO);
  expect(counted.isPartial).toBe(false);
  expect(counted.causes).toHaveLength(3);
  expect(counted.causes).toEqual(
    expect.arrayContaining([
      { errorClass: 'response_timeout', responseStatus: null, count: 3 },
      { errorClass: 'server_error', responseStatus: 500, count: 2 },
      { errorClass: 'server_error', responseStatus: 502, count: 1 },
    ]),
  );
});

it('says when there are more than it counts', async () => {
  const appId = await addAppRow(test);
  const webhookId = await addWebhookRow(test, appId);
  const some = { webhookId, status: 'failed', errorClass: 'response_timeout' } as const;
  await add(appId, { ...some, count: 1_000 });
  expect(await causes.count(appId, FROM, TO)).toMatchObject({ causes: [{ count: 1_000 }], isPartial: false });
  await add(appId, some);
  expect(await causes.count(appId, FROM, TO)).toMatchObject({ isPartial: true });
});

it('finds nothing where nothing was delivered', async () => {
  const appId = await addAppRow(test);
  expect(await causes.count(appId, FROM, TO)).toEqual({ causes: [], isPartial: false });
});
