/** Stores decided changes, many at once, and writes their notices. */
import { AUTOMATIC_RESOLVER } from '@im/contracts/api/alert-constants';
import type { EntityManager } from 'typeorm';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import type { AlertChange, SubjectChange } from '../domain/alert-change.js';
import type { NoticeDraft } from '../domain/alert-notice.js';
import type { NotifyPolicy } from '../domain/notify-policy.js';
import type { AlertNoticesRepository } from './alert-notices.repository.js';

export interface PlannedChange extends SubjectChange {
  appId: string;
  policy: NotifyPolicy;
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
  await markClearing(manager, ofKind(planned, 'clearing'), at);
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
    `INSERT INTO alerts (alert_id, app_id, webhook_id, source_id, rule, severity, status, detail, opened_at, resolved_at,
       resolved_by, next_reminder_at)
     SELECT alert_id, app_id, webhook_id, source_id, rule, severity, CASE WHEN is_over THEN 'resolved' ELSE 'open' END, detail, $10,
       CASE WHEN is_over THEN $10::timestamptz END, CASE WHEN is_over THEN '${AUTOMATIC_RESOLVER}' END, next_reminder_at
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::boolean[], $8::jsonb[],
       $9::timestamptz[]) AS i(alert_id, app_id, webhook_id, source_id, rule, severity, is_over, detail, next_reminder_at)`,
    [
      alertIds,
      planned.map((one) => one.appId),
      planned.map(({ subject }) => ('webhookId' in subject ? subject.webhookId : null)),
      planned.map(({ subject }) => ('sourceId' in subject ? subject.sourceId : null)),
      planned.map((one) => one.change.rule),
      planned.map((one) => one.change.severity),
      planned.map((one) => one.change.isOver),
      planned.map((one) => JSON.stringify(one.change.detail)),
      planned.map((one) => firstReminderOf(one)),
      at.toISOString(),
    ],
  );
  return planned.flatMap(({ change, policy }, index) => {
    const alertId = alertIds[index] ?? '';
    const deferredUntil = policy.deferredUntil(change.severity);
    const opened: NoticeDraft = { alertId, kind: 'opened', deferredUntil };
    return change.isOver ? [opened, { alertId, kind: 'resolved', deferredUntil }] : [opened];
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
       UPDATE alerts a SET severity = i.severity, detail = i.detail, clear_since = NULL,
         escalated_at = CASE WHEN i.is_escalation THEN $6 ELSE escalated_at END,
         reminders = CASE WHEN i.is_escalation THEN 0 ELSE reminders END,
         next_reminder_at = CASE WHEN i.is_escalation THEN i.next_reminder_at ELSE a.next_reminder_at END
       FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::jsonb[], $5::timestamptz[])
         AS i(alert_id, severity, is_escalation, detail, next_reminder_at)
       WHERE a.alert_id = i.alert_id AND a.status <> 'resolved' RETURNING a.alert_id
     ) SELECT alert_id AS "alertId" FROM changed`,
    [
      planned.map((one) => one.change.alertId),
      planned.map((one) => one.change.severity),
      planned.map((one) => one.change.isEscalation),
      planned.map((one) => JSON.stringify(one.change.detail)),
      planned.map((one) => firstReminderOf(one)),
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

async function markClearing(manager: EntityManager, planned: Planned<'clearing'>[], at: Date): Promise<void> {
  if (planned.length === 0) return;
  await manager.query('UPDATE alerts SET clear_since = $2 WHERE alert_id = ANY($1) AND clear_since IS NULL', [
    planned.map((one) => one.change.alertId),
    at.toISOString(),
  ]);
}

function firstReminderOf({ change, policy }: Planned<'open'> | Planned<'update'>): string | null {
  return policy.remindAt(change.severity, 0)?.toISOString() ?? null;
}

/** Notices of the rows that changed: a person may have changed others first. */
function draftsOf(
  kind: 'escalated' | 'resolved',
  planned: readonly (Planned<'update'> | Planned<'resolve'>)[],
  changed: readonly { alertId: string }[],
): NoticeDraft[] {
  const changedIds = new Set(changed.map((row) => row.alertId));
  return planned
    .filter(({ change }) => changedIds.has(change.alertId))
    .map(({ change, policy }) => ({
      alertId: change.alertId,
      kind,
      deferredUntil: policy.deferredUntil(change.severity),
    }));
}
