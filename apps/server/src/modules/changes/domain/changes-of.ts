/** Turns what several modules recorded into changes of an app. */
import { changeKindSchema, type AppChange } from '@im/contracts/api/changes';
import type { Alert } from '@im/contracts/api/alerts';
import type { WebhookRevision } from '@im/contracts/api/webhook-revisions';

const OF_NOTHING = {
  webhookId: null,
  sourceId: null,
  name: '',
  fields: [],
  alertId: null,
  rule: null,
  severity: null,
} as const;

const SECRET = 'secret';
const NEXT_SECRET = 'nextSecret';

/**
 * What was found when revisions were introduced is no change; a secret that is staged changes nothing yet. A rotation
 * together with other settings is two changes; removing the secret puts no other one of the webhook in use.
 */
export function changesOfRevision(revision: WebhookRevision): AppChange[] {
  const { webhookId, at, by, kind, settings, changes } = revision;
  if (kind === 'found') return [];
  const about = { ...OF_NOTHING, at, by, webhookId, name: settings.name, fields: [] };
  if (kind !== 'updated') return [{ ...about, kind: 'webhook', action: kind }];
  const isRotated = changes.some(
    ({ field, after }) =>
      (field === SECRET && after === 'set') || (field === NEXT_SECRET && after === 'activated'),
  );
  const fields = changes
    .map(({ field }) => field)
    .filter((field) => field !== NEXT_SECRET && !(field === SECRET && isRotated));
  return [
    ...(isRotated ? [{ ...about, kind: 'rotation', action: 'activated' } as const] : []),
    ...(fields.length > 0 ? [{ ...about, kind: 'webhook', action: 'updated', fields } as const] : []),
  ];
}

/** The AppSecret's, or that of a source's token. */
export function changeOfRotation(actor: string, at: Date, sourceId: string | null): AppChange {
  const about = { ...OF_NOTHING, at: at.toISOString(), by: actor, sourceId, fields: [] };
  return { ...about, kind: 'rotation', action: 'activated' };
}

/** Those of its two steps that lie in the span. @param toMs exclusive */
export function changesOfAlert(alert: Alert, fromMs: number, toMs: number): AppChange[] {
  const { alertId, rule, severity, webhookId, sourceId, detail, openedAt, resolvedAt, resolvedBy } = alert;
  const name = detail.webhookName ?? detail.sourceName ?? '';
  const about = { ...OF_NOTHING, webhookId, sourceId, name, fields: [], alertId, rule, severity };
  const steps: AppChange[] = [
    { ...about, kind: 'alert', action: 'opened', at: openedAt, by: 'system' },
    ...(resolvedAt === null
      ? []
      : [
          {
            ...about,
            kind: 'alert',
            action: 'resolved',
            at: resolvedAt,
            by: resolvedBy ?? 'system',
          } as const,
        ]),
  ];
  return steps.filter(({ at }) => Date.parse(at) >= fromMs && Date.parse(at) < toMs);
}

/** Oldest first, of each kind the newest. @param most of each kind */
export function newestOfEachKind(changes: readonly AppChange[], most: number): AppChange[] {
  const sorted = changes.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const newest = changeKindSchema.options.map((kind) =>
    sorted.filter((change) => change.kind === kind).slice(-most),
  );
  const kept = new Set(newest.flat());
  return sorted.filter((change) => kept.has(change));
}
