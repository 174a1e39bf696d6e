/** Wires repositories for specs without a whole service. */
import type { DataSource } from 'typeorm';
import { AppsRepository } from '../modules/apps/data/apps.repository.js';
import { MarkAppDeletedService } from '../modules/apps/mark-app-deleted.service.js';
import { AttemptRecordsRepository } from '../modules/dispatcher/data/attempt-records.repository.js';
import { DeleteWebhooksRepository } from '../modules/webhook-configs/data/delete-webhooks.repository.js';
import { WebhookHealthRepository } from '../modules/webhook-configs/health/data/webhook-health.repository.js';
import { UpdateHealthService } from '../modules/webhook-configs/health/update-health.service.js';
import { SystemClock } from '../platform/clock/clock.js';

/** @param autoDisableDays without one success until a webhook is disabled; 0: never */
export function updateHealth(dataSource: DataSource, autoDisableDays = 5): UpdateHealthService {
  const env = { WEBHOOK_AUTO_DISABLE_DAYS: autoDisableDays };
  return new UpdateHealthService(new WebhookHealthRepository(dataSource), new SystemClock(), env);
}

/** @param autoDisableDays as for {@link updateHealth} */
export function attemptRecords(dataSource: DataSource, autoDisableDays?: number): AttemptRecordsRepository {
  return new AttemptRecordsRepository(dataSource, updateHealth(dataSource, autoDisableDays));
}

export function webhookDeletions(dataSource: DataSource): DeleteWebhooksRepository {
  return new DeleteWebhooksRepository(
    dataSource,
    new WebhookHealthRepository(dataSource),
    new MarkAppDeletedService(new AppsRepository(dataSource)),
  );
}
