import { afterAll, beforeAll, expect, it } from 'vitest';
import { Clock } from '../../clock/clock.js';
import { FoldCountsRepository } from '../../../modules/statistics/data/fold-counts.repository.js';
import { DeliveryStatesRepository } from '../../../modules/delivery-store/data/delivery-states.repository.js';
import { StatisticsRepository } from '../../../modules/statistics/data/statistics.repository.js';
import { ShowStatisticsService } from '../../../modules/statistics/show-statistics.service.js';
import { WebhookStatsRepository } from '../../../modules/webhook-configs/data/webhook-stats.repository.js';
import { attemptOf } from '../../../testing/attempt-record.js';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  plannedDelivery,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { CountDeliveriesOfBefore1763773200001 } from './1763773200001-count-deliveries-of-before.js';
import { SplitBatchesAndCountDueDeliveries1763773200000 } from './1763773200000-split-batches-and-count-due-deliveries.js';
import { attemptRecords } from '../../../testing/stores.js';

/** Everything the test creates is due by then. */
class LaterClock extends Clock {
  override nowMs(): number {
    return Date.now() + 3_600_000;
  }
}

let test: TestDataSource;

beforeAll(async () => {
  test = await openTestDataSource();
});

afterAll(async () => {
  await test.close();
});

it('what happened before is counted from the log, folded or not, and beyond the log from what was counted', async () => {
  const appId = await addAppRow(test);
  const [webhookId, older] = [await addWebhookRow(test, appId), await addWebhookRow(test, appId)];
  const states = new DeliveryStatesRepository(test.dataSource);
  const records = attemptRecords(test.dataSource, 0);
  const counts = new FoldCountsRepository(test.dataSource);
  const someDeliveries = async () => {
    const deliver = async (
      kind: 'event' | 'redelivery',
      ...statuses: ('pending' | 'success' | 'failed')[]
    ) => {
      const planned = plannedDelivery({ appId, webhookId, kind });
      await states.insert(planned, 0);
      for (const [index, status] of statuses.entries()) {
        await records.record([attemptOf({ ...planned, attempt: index + 1, status })]);
      }
      return planned.deliveryId;
    };
    await deliver('event', 'pending', 'pending', 'success');
    await deliver('event', 'pending', 'failed');
    await deliver('redelivery', 'success');
    await states.cancel(await deliver('event', 'pending'), new Date());
    await deliver('event');
  };
  await someDeliveries();
  await counts.fold(new Date(0));
  await someDeliveries();
  const figures = async () => {
    const activity = await new WebhookStatsRepository(test.dataSource).activityOf(
      [webhookId, older],
      new LaterClock().now(),
    );
    const statistics = new ShowStatisticsService(new StatisticsRepository(test.dataSource), new LaterClock());
    const { overall } = await statistics.ofWebhook(appId, webhookId, { period: 'day', timeZone: 'UTC' });
    return { totals: activity.get(webhookId)?.stats, overall, older: activity.get(older)?.stats };
  };
  const { totals, overall } = await figures();
  expect(totals).toMatchObject({ attempts: 14, attemptSuccessRate: 4 / 14, deliveredRate: 2 / 6 });

  const columns = new SplitBatchesAndCountDueDeliveries1763773200000();
  const counted = new CountDeliveriesOfBefore1763773200001();
  const runner = test.dataSource.createQueryRunner();
  await counted.down();
  await columns.down(runner);
  await test.query(
    `INSERT INTO webhook_totals (webhook_id, total, succeeded, failed, canceled, skipped) VALUES ($1, 10, 6, 1, 1, 1)`,
    [older],
  );
  // Twice, as after a step back: nothing counts double.
  for (const migration of [columns, counted, counted]) {
    await runner.startTransaction();
    await migration.up(runner);
    await runner.commitTransaction();
  }

  for (let round = 0; round < 2; round += 1) {
    const after = await figures();
    expect(after).toMatchObject({ totals, overall });
    expect(after.older).toMatchObject({ attempts: 7, deliveredRate: 6 / 8 });
    await counts.fold(new Date(0));
  }
  await runner.release();
});

it('events and attempts are written while what happened before is counted', async () => {
  const appId = await addAppRow(test);
  const webhookId = await addWebhookRow(test, appId);
  const runner = test.dataSource.createQueryRunner();
  await runner.startTransaction();
  await new CountDeliveriesOfBefore1763773200001().up(runner);
  const planned = plannedDelivery({ appId, webhookId });
  await new DeliveryStatesRepository(test.dataSource).insert(planned, 0);
  const records = attemptRecords(test.dataSource, 0);
  const recorded = await records.record([attemptOf({ ...planned, attempt: 1, status: 'success' })]);
  expect(recorded).toHaveLength(1);
  await runner.commitTransaction();
  await runner.release();
});
