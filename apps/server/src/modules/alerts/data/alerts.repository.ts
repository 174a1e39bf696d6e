import { Injectable } from '@nestjs/common';
import type {
  AlertDetail,
  AlertRule,
  AlertSeverity,
  AlertStatus,
  ListAlertsQuery,
} from '@im/contracts/api/alerts';
import { DataSource } from 'typeorm';

export interface AlertRow {
  alertId: string;
  rule: AlertRule;
  severity: AlertSeverity;
  status: AlertStatus;
  webhookId: string | null;
  detail: AlertDetail;
  openedAt: Date;
  escalatedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
}

export type AlertFilter = Omit<ListAlertsQuery, 'limit' | 'cursor'> & { appId: string };

const COLUMNS = `alert_id AS "alertId", rule, severity, status, webhook_id AS "webhookId", detail,
  opened_at AS "openedAt", escalated_at AS "escalatedAt", acknowledged_at AS "acknowledgedAt",
  acknowledged_by AS "acknowledgedBy", resolved_at AS "resolvedAt", resolved_by AS "resolvedBy"`;

@Injectable()
export class AlertsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first; `beforeId` is the last id of the page before. */
  list(filter: AlertFilter, limit: number, beforeId: string | null): Promise<AlertRow[]> {
    return this.dataSource.query<AlertRow[]>(
      `SELECT ${COLUMNS} FROM alerts
       WHERE app_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR severity = $3)
         AND ($4::text IS NULL OR rule = $4) AND ($5::uuid IS NULL OR webhook_id = $5)
         AND ($6::uuid IS NULL OR alert_id < $6)
       ORDER BY alert_id DESC LIMIT $7`,
      [filter.appId, filter.status, filter.severity, filter.rule, filter.webhookId, beforeId, limit],
    );
  }

  async find(appId: string, alertId: string): Promise<AlertRow | undefined> {
    const rows = await this.dataSource.query<AlertRow[]>(
      `SELECT ${COLUMNS} FROM alerts WHERE alert_id = $1 AND app_id = $2`,
      [alertId, appId],
    );
    return rows[0];
  }

  /** @returns false when the alert was not open any more */
  async acknowledge(alertId: string, by: string, at: Date): Promise<boolean> {
    return this.change(
      `UPDATE alerts SET status = 'acknowledged', acknowledged_at = $2, acknowledged_by = $3
       WHERE alert_id = $1 AND status = 'open' RETURNING 1`,
      [alertId, at, by],
    );
  }

  /** @returns false when the alert was resolved already */
  async resolve(alertId: string, by: string, at: Date): Promise<boolean> {
    return this.change(
      `UPDATE alerts SET status = 'resolved', resolved_at = $2, resolved_by = $3
       WHERE alert_id = $1 AND status <> 'resolved' RETURNING 1`,
      [alertId, at, by],
    );
  }

  private async change(update: string, parameters: unknown[]): Promise<boolean> {
    const [row] = await this.dataSource.query<unknown[]>(
      `WITH changed AS (${update}) SELECT * FROM changed`,
      parameters,
    );
    return row !== undefined;
  }
}
