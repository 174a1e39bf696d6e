/** Turns decided changes into rows, many at once, and writes down what is to be told of them. */
import { AUTOMATIC_RESOLVER, type AlertSeverity } from '@im/contracts/api/alerts';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import type { NoticeDraft } from '../domain/alert-notice.js';
import type { AlertChange } from '../domain/evaluate-webhook.js';
import type { AlertNoticesRepository } from './alert-notices.repository.js';

export interface PlannedChange {
  appId: string;
  webhookId: string;
  change: AlertChange;
  /** Until when quiet hours hold back news of that severity; null: they do not. */
  heldUntil: (severity: AlertSeverity) => Date | null;
}

type Planned<Kind extends AlertChange['kind']> = Omit<PlannedChange, 'change'> & {
  change: Extract<AlertChange, { kind: Kind }>;
};

/** @param manager the transaction that read what was decided on */
export async function applyAlertChanges(
  manager: EntityManager,
  notices: AlertNoticesRepository,
  planned: readonly PlannedChange[],
  at: Date,
): Promise<void> {
  await notices.insert(
    manager,
    [
      ...(await open(manager, ofKind(planned, 'open'), at)),
      ...(await update(manager, ofKind(planned, 'update'), at)),
      ...(await resolve(manager, ofKind(planned, 'resolve'), at)),
    ],
    at,
  );
}

function ofKind<Kind extends AlertChange['kind']>(
  planned: readonly PlannedChange[],
  kind: Kind,
): Planned<Kind>[] {
  return planned.filter((one): one is Planned<Kind> => one.change.kind === kind);
}

async function open(manager: EntityManager, planned: Planned<'open'>[], at: Date): Promise<NoticeDraft[]> {
  if (planned.length === 0) return [];
  const alertIds = planned.map(() => uuidV7());
  await manager.query(
    `INSERT INTO alerts (alert_id, app_id, webhook_id, rule, severity, status, detail, opened_at, resolved_at, resolved_by)
     SELECT alert_id, app_id, webhook_id, rule, severity, CASE WHEN is_over THEN 'resolved' ELSE 'open' END, detail, $8,
       CASE WHEN is_over THEN $8::timestamptz END, CASE WHEN is_over THEN '${AUTOMATIC_RESOLVER}' END
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::jsonb[])
       AS i(alert_id, app_id, webhook_id, rule, severity, is_over, detail)`,
    [
      alertIds,
      planned.map((one) => one.appId),
      planned.map((one) => one.webhookId),
      planned.map((one) => one.change.rule),
      planned.map((one) => one.change.severity),
      planned.map((one) => one.change.isOver),
      planned.map((one) => JSON.stringify(one.change.detail)),
      at.toISOString(),
    ],
  );
  return planned.flatMap(({ change, heldUntil }, index) => {
    const alertId = alertIds[index] ?? '';
    const held = heldUntil(change.severity);
    const opened: NoticeDraft = { alertId, kind: 'opened', heldUntil: held };
    return change.isOver ? [opened, { alertId, kind: 'resolved', heldUntil: held }] : [opened];
  });
}

async function update(
  manager: EntityManager,
  planned: Planned<'update'>[],
  at: Date,
): Promise<NoticeDraft[]> {
  if (planned.length === 0) return [];
  const rows = await manager.query<{ alertId: string }[]>(
    `WITH changed AS (
       UPDATE alerts a SET severity = i.severity, detail = i.detail,
         escalated_at = CASE WHEN i.is_escalation THEN $5 ELSE escalated_at END
       FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::jsonb[]) AS i(alert_id, severity, is_escalation, detail)
       WHERE a.alert_id = i.alert_id AND a.status <> 'resolved' RETURNING a.alert_id
     ) SELECT alert_id AS "alertId" FROM changed`,
    [
      planned.map((one) => one.change.alertId),
      planned.map((one) => one.change.severity),
      planned.map((one) => one.change.isEscalation),
      planned.map((one) => JSON.stringify(one.change.detail)),
      at.toISOString(),
    ],
  );
  const escalated = planned.filter((one) => one.change.isEscalation);
  return draftsOf('escalated', escalated, rows);
}

async function resolve(
  manager: EntityManager,
  planned: Planned<'resolve'>[],
  at: Date,
): Promise<NoticeDraft[]> {
  if (planned.length === 0) return [];
  const rows = await manager.query<{ alertId: string }[]>(
    `WITH changed AS (
       UPDATE alerts SET status = 'resolved', resolved_at = $2, resolved_by = '${AUTOMATIC_RESOLVER}'
       WHERE alert_id = ANY($1) AND status <> 'resolved' RETURNING alert_id
     ) SELECT alert_id AS "alertId" FROM changed`,
    [planned.map((one) => one.change.alertId), at.toISOString()],
  );
  return draftsOf('resolved', planned, rows);
}

/** Of what was really changed: a person may have been faster. */
function draftsOf(
  kind: 'escalated' | 'resolved',
  planned: readonly (Planned<'update'> | Planned<'resolve'>)[],
  changed: readonly { alertId: string }[],
): NoticeDraft[] {
  const changedIds = new Set(changed.map((row) => row.alertId));
  return planned
    .filter(({ change }) => changedIds.has(change.alertId))
    .map(({ change, heldUntil }) => ({
      alertId: change.alertId,
      kind,
      heldUntil: heldUntil(change.severity),
    }));
}
