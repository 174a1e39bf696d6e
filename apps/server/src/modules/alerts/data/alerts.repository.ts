import { Injectable } from '@nestjs/common';
import type { ListAlertsQuery } from '@im/contracts/api/alerts';
import { DataSource } from 'typeorm';
import type { NoticedStep } from '../domain/alert-steps.js';
import { ALERT_COLUMNS } from './alert-columns.js';
import type { AlertRow } from '../domain/alert-row.js';
import { AlertNoticesRepository } from './alert-notices.repository.js';

/** The newest of an app: older ones that still change are seen when lists are loaded. */
const MAX_CURRENT = 500;

export type AlertFilter = Omit<ListAlertsQuery, 'limit' | 'cursor'> & { appId: string };

@Injectable()
export class AlertsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notices: AlertNoticesRepository,
  ) {}

  /** Newest first; `beforeId` is the last id of the page before. */
  list(filter: AlertFilter, limit: number, beforeId: string | null): Promise<AlertRow[]> {
    return this.dataSource.query<AlertRow[]>(
      `SELECT ${ALERT_COLUMNS} FROM alerts
       WHERE app_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR severity = $3)
         AND ($4::text IS NULL OR rule = $4) AND ($5::uuid IS NULL OR webhook_id = $5)
         AND ($6::uuid IS NULL OR source_id = $6) AND ($7::uuid IS NULL OR alert_id < $7)
       ORDER BY alert_id DESC LIMIT $8`,
      [
        ...[filter.appId, filter.status, filter.severity, filter.rule],
        ...[filter.webhookId, filter.sourceId, beforeId, limit],
      ],
    );
  }

  /** @returns those that are not resolved, and those resolved since, oldest first */
  current(appId: string, resolvedSince: Date): Promise<AlertRow[]> {
    return this.dataSource.query<AlertRow[]>(
      `SELECT ${ALERT_COLUMNS} FROM (
         SELECT * FROM alerts WHERE app_id = $1 ORDER BY alert_id DESC LIMIT ${String(MAX_CURRENT)}
       ) AS newest WHERE status <> 'resolved' OR resolved_at >= $2 ORDER BY alert_id`,
      [appId, resolvedSince],
    );
  }

  /** The newest of those that opened in it, and of those resolved in it. @param limit of each @param to exclusive */
  ofSpan(appId: string, from: Date, to: Date, limit: number): Promise<AlertRow[]> {
    const newest = (column: 'opened_at' | 'resolved_at') => `(
      SELECT alert_id FROM alerts WHERE app_id = $1 AND ${column} >= $2 AND ${column} < $3
      ORDER BY ${column} DESC LIMIT $4)`;
    return this.dataSource.query<AlertRow[]>(
      `SELECT ${ALERT_COLUMNS} FROM alerts
       WHERE alert_id IN (${newest('opened_at')} UNION ${newest('resolved_at')}) ORDER BY alert_id`,
      [appId, from, to, limit],
    );
  }

  async find(appId: string, alertId: string): Promise<AlertRow | undefined> {
    const rows = await this.dataSource.query<AlertRow[]>(
      `SELECT ${ALERT_COLUMNS} FROM alerts WHERE alert_id = $1 AND app_id = $2`,
      [alertId, appId],
    );
    return rows[0];
  }

  /** The steps that notices were written for, oldest first. */
  noticedSteps(alertId: string): Promise<NoticedStep[]> {
    return this.dataSource.query<NoticedStep[]>(
      `SELECT kind, created_at AS at, severity, detail FROM alert_notices WHERE alert_id = $1 ORDER BY notice_id`,
      [alertId],
    );
  }

  /** @returns false when the alert was not open any more */
  async acknowledge(alertId: string, by: string, at: Date): Promise<boolean> {
    const [row] = await this.dataSource.query<unknown[]>(
      `WITH changed AS (
         UPDATE alerts SET status = 'acknowledged', acknowledged_at = $2, acknowledged_by = $3
         WHERE alert_id = $1 AND status = 'open' RETURNING 1
       ) SELECT * FROM changed`,
      [alertId, at, by],
    );
    return row !== undefined;
  }

  /**
   * @param deferredUntil the end of quiet hours, when they defer the notice of resolving
   * @returns false when the alert was resolved already
   */
  resolve(alertId: string, by: string, at: Date, deferredUntil: Date | null): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [row] = await manager.query<unknown[]>(
        `WITH changed AS (
           UPDATE alerts SET status = 'resolved', resolved_at = $2, resolved_by = $3
           WHERE alert_id = $1 AND status <> 'resolved' RETURNING 1
         ) SELECT * FROM changed`,
        [alertId, at, by],
      );
      if (row === undefined) return false;
      await this.notices.insert(manager, [{ alertId, kind: 'resolved', deferredUntil }], at);
      return true;
    });
  }
}
