/**
 * Writes and claims the outbox of alerts. A notice is written in the transaction that changed its alert; the
 * notifications module claims it, and marks it handled in the transaction that stores its notifications.
 */
import { Injectable } from '@nestjs/common';
import type { AlertDetail, AlertSeverity } from '@im/contracts/api/alerts';
import type { EntityManager } from 'typeorm';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import type { AlertStep, NoticeDraft } from '../domain/alert-notice.js';
import type { AlertRow } from '../domain/alert-row.js';
import type { DueNotice, SummaryNotice } from '../domain/due-notice.js';
import { ALERT_COLUMNS } from './alert-columns.js';

interface NoticeRow {
  noticeId: string;
  kind: AlertStep | 'summary';
  severity: AlertSeverity;
  detail: AlertDetail;
  createdAt: Date;
  alertId: string | null;
  appId: string;
  appKey: string;
  name: string;
  tenantId: string;
}

const ALERTS_IN_SUMMARY = 20;

// min(severity): 'critical' sorts before 'warning'. A summary that is being claimed is waited for: what comes after it
// belongs to the next.
const INSERT = `
  WITH input AS (
    SELECT i.*, a.app_id, a.severity, a.detail
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[])
      AS i(notice_id, alert_id, kind, held_until, new_summary_id)
    JOIN alerts a USING (alert_id)
  ), summaries AS (
    INSERT INTO alert_notices AS s (notice_id, app_id, kind, severity, created_at, deliver_after)
    SELECT (array_agg(new_summary_id))[1], app_id, 'summary', min(severity), $6, max(held_until)
    FROM input WHERE held_until IS NOT NULL GROUP BY app_id ORDER BY app_id
    ON CONFLICT (app_id) WHERE kind = 'summary' AND handled_at IS NULL
    DO UPDATE SET severity = least(s.severity, excluded.severity), deliver_after = excluded.deliver_after
    RETURNING notice_id, app_id
  )
  INSERT INTO alert_notices (notice_id, app_id, alert_id, kind, severity, detail, created_at, deliver_after, summary_id)
  SELECT i.notice_id, i.app_id, i.alert_id, i.kind, i.severity, i.detail, $6, coalesce(i.held_until, $6), s.notice_id
  FROM input i LEFT JOIN summaries s ON s.app_id = i.app_id AND i.held_until IS NOT NULL`;

@Injectable()
export class AlertNoticesRepository {
  /**
   * Writes notices with the severity and figures that the alert has in this transaction.
   *
   * @param manager the transaction that changed the alerts
   */
  async insert(manager: EntityManager, notices: readonly NoticeDraft[], at: Date): Promise<void> {
    if (notices.length === 0) return;
    await manager.query(INSERT, [
      notices.map(() => uuidV7()),
      notices.map((notice) => notice.alertId),
      notices.map((notice) => notice.kind),
      notices.map((notice) => notice.deferredUntil?.toISOString() ?? null),
      notices.map(() => uuidV7()),
      at.toISOString(),
    ]);
  }

  /**
   * Locks due notices that no other transaction has locked, oldest first. When the transaction ends, those not marked
   * as handled can be claimed again.
   */
  async claim(manager: EntityManager, now: Date, limit: number): Promise<DueNotice[]> {
    const rows = await manager.query<NoticeRow[]>(
      `SELECT n.notice_id AS "noticeId", n.kind, n.severity, n.detail, n.created_at AS "createdAt",
              n.alert_id AS "alertId", n.app_id AS "appId", a.app_key AS "appKey", a.name, a.tenant_id AS "tenantId"
       FROM alert_notices n JOIN apps a USING (app_id)
       WHERE n.handled_at IS NULL AND n.summary_id IS NULL AND n.deliver_after <= $1
       ORDER BY n.deliver_after, n.notice_id LIMIT $2 FOR UPDATE OF n SKIP LOCKED`,
      [now.toISOString(), limit],
    );
    const alerts = await alertsOf(
      manager,
      rows.flatMap(({ alertId }) => alertId ?? []),
    );
    const due: DueNotice[] = [];
    for (const row of rows) {
      const { noticeId, kind, severity, detail, createdAt, alertId, ...app } = row;
      const alert = alertId === null ? undefined : alerts.get(alertId);
      if (kind === 'summary') {
        due.push({ noticeId, app, severity, createdAt, subject: await summaryOf(manager, noticeId) });
      } else if (alert) {
        due.push({ noticeId, app, severity, createdAt, subject: { kind, alert, detail } });
      }
    }
    return due;
  }

  /** Marks notices that were fanned out or that no channel wants; with a summary, everything it sums up. */
  async markHandled(manager: EntityManager, noticeIds: readonly string[], at: Date): Promise<void> {
    await manager.query(
      `UPDATE alert_notices SET handled_at = $2
       WHERE (notice_id = ANY($1) OR summary_id = ANY($1)) AND handled_at IS NULL`,
      [noticeIds, at.toISOString()],
    );
  }
}

async function alertsOf(manager: EntityManager, alertIds: readonly string[]): Promise<Map<string, AlertRow>> {
  if (alertIds.length === 0) return new Map();
  const rows = await manager.query<AlertRow[]>(
    `SELECT ${ALERT_COLUMNS} FROM alerts WHERE alert_id = ANY($1)`,
    [alertIds],
  );
  return new Map(rows.map((row) => [row.alertId, row]));
}

async function summaryOf(manager: EntityManager, summaryId: string): Promise<SummaryNotice> {
  const ofSummary = 'alert_id IN (SELECT alert_id FROM alert_notices WHERE summary_id = $1)';
  const [counts] = await manager.query<{ total: number; unresolved: number }[]>(
    `SELECT count(*)::int AS total, (count(*) FILTER (WHERE status <> 'resolved'))::int AS unresolved
     FROM alerts WHERE ${ofSummary}`,
    [summaryId],
  );
  const alerts = await manager.query<AlertRow[]>(
    `SELECT ${ALERT_COLUMNS} FROM alerts WHERE ${ofSummary}
     ORDER BY status = 'resolved', severity, alert_id DESC LIMIT $2`,
    [summaryId, ALERTS_IN_SUMMARY],
  );
  return { kind: 'summary', total: counts?.total ?? 0, unresolved: counts?.unresolved ?? 0, alerts };
}
