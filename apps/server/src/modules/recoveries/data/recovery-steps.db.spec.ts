import { afterAll, beforeAll, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { RecoveryStepsRepository, type RecoveryToStep } from './recovery-steps.repository.js';

let test: TestDataSource;

beforeAll(async () => {
  test = await openTestDataSource();
});

afterAll(async () => {
  await test.close();
});

it('what takes too long to count is not counted, and fails nothing', async () => {
  const appId = await addAppRow(test);
  const webhookId = await addWebhookRow(test, appId);
  const recoveryId = uuidV7();
  await test.query(
    `INSERT INTO recoveries (recovery_id, webhook_id, app_id, status_filter, events, from_at, to_at, rate_per_second,
       state, cursor_id, end_id, created_by)
     VALUES ($1, $2, $3, 'failed', '{}', now(), now(), 10, 'running', $1, $1, 'test')`,
    [recoveryId, webhookId, appId],
  );
  const steps = new RecoveryStepsRepository(test.dataSource);
  const [claim] = await steps.claim(10_000, 1);
  let recovery: RecoveryToStep | undefined;
  if (claim) recovery = await steps.inStep(claim, () => Promise.resolve({ nextInMs: 1_000 }));
  const total = async () =>
    (await test.query<{ total: number | null }>('SELECT total FROM recoveries'))[0]?.total;
  const other = await test.openAnother();
  await other.transaction(async (manager) => {
    // Makes reading the log slow, however short it is.
    await manager.query('LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE');
    await steps.count(recovery!, 100);
    expect(await total()).toBeNull();
  });
  await steps.count(recovery!, 5_000);
  expect(await total()).toBe(0);
});
