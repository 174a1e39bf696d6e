import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  plannedDelivery,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { insertDeliveries } from '../../delivery-store/data/insert-deliveries.js';
import { ServiceStateRepository } from './service-state.repository.js';

let testing: TestDataSource;
let states: ServiceStateRepository;
let appId: string;

beforeEach(async () => {
  testing = await openTestDataSource();
  states = new ServiceStateRepository(testing.dataSource);
  appId = await addAppRow(testing);
});

afterEach(async () => {
  await testing.close();
});

const ago = (ms: number) => new Date(Date.now() - ms);

describe('the state of the service', () => {
  it('is all zero while nothing is there', async () => {
    expect(await states.read()).toEqual({
      pendingDeliveries: 0,
      oldestPendingMs: 0,
      oldestOverdueMs: 0,
      webhooks: { healthy: 0, failing: 0, paused: 0, unhealthy: 0, disabled: 0 },
    });
  });

  it('counts what waits and says for how long', async () => {
    const webhookId = await addWebhookRow(testing, appId);
    const planned = (createdMs: number) => plannedDelivery({ appId, webhookId, createdAt: ago(createdMs) });
    const settled = { ...planned(900_000), status: 'skipped' as const };
    await insertDeliveries(testing.dataSource.manager, [planned(60_000), planned(10_000), settled], 0);
    const { pendingDeliveries, oldestPendingMs } = await states.read();
    expect(pendingDeliveries).toBe(2);
    expect(Math.floor(oldestPendingMs / 10_000)).toBe(6);
  });

  it.each([
    ['no worker claims it', '', null, 6],
    ['its webhook is paused', 'UPDATE webhook_health SET paused_at = now(), probe_at = now()', null, 0],
    ['its webhook is disabled', 'UPDATE webhook_configs SET is_enabled = false', null, 0],
    [
      'a person paused its webhook',
      `UPDATE webhook_configs SET paused_since = now(), paused_by = 'me'`,
      null,
      0,
    ],
    ['it waits for another one of its conversation', '', 'room-1', 0],
    ['a worker has it', `UPDATE pending_deliveries SET claimable_at = now() + interval '1 second'`, null, 0],
  ])('a delivery that is due while %s', async (_what, sql, orderedConversationId, tensOfSeconds) => {
    const webhookId = await addWebhookRow(testing, appId);
    const delivery = plannedDelivery({ appId, webhookId, orderedConversationId });
    await insertDeliveries(testing.dataSource.manager, [delivery], 0);
    await testing.query(`UPDATE pending_deliveries SET claimable_at = now() - interval '61 seconds'`);
    if (sql !== '') await testing.query(sql);
    const { oldestOverdueMs } = await states.read();
    expect(Math.floor(oldestOverdueMs / 10_000)).toBe(tensOfSeconds);
  });

  it('counts webhooks by health, deleted ones not at all', async () => {
    const webhooks: [failures: number, isEnabled: boolean, isDeleted: boolean][] = [
      [0, true, false],
      [1, true, false],
      [9, true, false],
      [10, true, false],
      [10, false, false],
      [0, true, true],
    ];
    for (const [failures, isEnabled, isDeleted] of webhooks) {
      const webhookId = await addWebhookRow(testing, appId);
      await testing.query('UPDATE webhook_health SET consecutive_failures = $2 WHERE webhook_id = $1', [
        webhookId,
        failures,
      ]);
      await testing.query(
        'UPDATE webhook_configs SET is_enabled = $2, deleted_at = CASE WHEN $3 THEN now() END WHERE webhook_id = $1',
        [webhookId, isEnabled, isDeleted],
      );
    }
    const { webhooks: byHealth } = await states.read();
    expect(byHealth).toEqual({ healthy: 1, failing: 2, paused: 0, unhealthy: 1, disabled: 1 });
  });
});
