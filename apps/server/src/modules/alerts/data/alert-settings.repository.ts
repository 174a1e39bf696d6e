/** Stores the alert settings of apps, and applies a change to existing alerts. */
import { Injectable } from '@nestjs/common';
import { DEFAULT_RENOTIFY_AFTER_MINUTES } from '@im/contracts/api/alert-rules';
import { DataSource, In, type EntityManager } from 'typeorm';
import { retryTransient } from '../../../platform/database/retry-transient.js';
import { UpdateHealthService } from '../../webhook-configs/health/update-health.service.js';
import type { StoredAlertSettings } from '../domain/alert-settings.js';
import { quietUntil } from '../domain/quiet-hours.js';
import { nextReminderAt } from '../domain/reminders.js';
import { AlertSettingsEntity } from './alert-settings.entity.js';

/** After this many reminders the interval is at its longest, for every setting. */
const MAX_DISTINCT_REMINDERS = 10;
/** Evaluations and rounds change the same alerts, so deadlocks are retried. */
const KEEP_TRYING_MS = 10_000;

@Injectable()
export class AlertSettingsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly health: UpdateHealthService,
  ) {}

  /** @returns undefined when the app never set any */
  async find(appId: string): Promise<StoredAlertSettings | undefined> {
    return (await settingsOfApps(this.dataSource.manager, [appId])).get(appId);
  }

  /** Of every app that set any. */
  async all(): Promise<Map<string, StoredAlertSettings>> {
    return byApp(await this.dataSource.getRepository(AlertSettingsEntity).find());
  }

  /**
   * Changes an app's settings; concurrent changes are applied one after the other.
   *
   * @param decide computes the new settings; called again after a deadlock; may throw to change nothing
   */
  change(
    appId: string,
    decide: (stored: StoredAlertSettings) => Omit<StoredAlertSettings, 'updatedAt' | 'updatedBy'>,
    { by, at }: { by: string; at: Date },
  ): Promise<StoredAlertSettings> {
    const work = async (manager: EntityManager): Promise<StoredAlertSettings> => {
      await manager.query(
        `INSERT INTO alert_settings (app_id, rules, renotify_after_minutes, updated_at, updated_by)
         VALUES ($1, '{}', $2, $3, $4) ON CONFLICT (app_id) DO NOTHING`,
        [appId, DEFAULT_RENOTIFY_AFTER_MINUTES, at, by],
      );
      const lock = { mode: 'pessimistic_write' } as const;
      const stored = await manager.findOneOrFail(AlertSettingsEntity, { where: { appId }, lock });
      const changed: StoredAlertSettings = { ...decide(stored), updatedAt: at, updatedBy: by };
      await manager.update(AlertSettingsEntity, { appId }, changed);
      if (changed.renotifyAfterMinutes !== stored.renotifyAfterMinutes) {
        await restartReminders(manager, appId, changed.renotifyAfterMinutes, at);
      }
      await moveSummary(manager, appId, quietUntil(changed.quietHours, at) ?? at);
      // Last, as in an evaluation: alerts before the health of their webhooks.
      await this.health.requestEvaluationOfApp(manager, appId);
      return changed;
    };
    return retryTransient(() => this.dataSource.transaction(work), KEEP_TRYING_MS);
  }
}

/** @returns the settings by app; apps that never set any are left out */
export async function settingsOfApps(
  manager: EntityManager,
  appIds: readonly string[],
): Promise<Map<string, StoredAlertSettings>> {
  return byApp(await manager.findBy(AlertSettingsEntity, { appId: In(appIds) }));
}

function byApp(rows: readonly AlertSettingsEntity[]): Map<string, StoredAlertSettings> {
  return new Map(rows.map(({ appId, ...settings }) => [appId, settings]));
}

/** Schedules the next reminder of each open alert from now on. */
async function restartReminders(
  manager: EntityManager,
  appId: string,
  renotifyAfterMinutes: number,
  at: Date,
): Promise<void> {
  const reminders = Array.from({ length: MAX_DISTINCT_REMINDERS + 1 }, (_, count) => count);
  await manager.query(
    `UPDATE alerts a SET next_reminder_at = i.next_at
     FROM unnest($2::int[], $3::timestamptz[]) AS i(reminders, next_at)
     WHERE a.app_id = $1 AND a.status = 'open' AND least(a.reminders, $4::int) = i.reminders`,
    [
      appId,
      reminders,
      reminders.map((count) => nextReminderAt(at, renotifyAfterMinutes, count)?.toISOString() ?? null),
      MAX_DISTINCT_REMINDERS,
    ],
  );
}

/** Moves the pending summary to the end of the new quiet hours, or to now. */
async function moveSummary(manager: EntityManager, appId: string, deliverAfter: Date): Promise<void> {
  await manager.query(
    `UPDATE alert_notices SET deliver_after = $2 WHERE app_id = $1 AND kind = 'summary' AND handled_at IS NULL`,
    [appId, deliverAfter.toISOString()],
  );
}
