/** Tells which ids an audit entry carries, and of what. */
import type { AuditEntry } from '@im/contracts/api/audit';

export interface SubjectIds {
  webhooks: string[];
  sources: string[];
  deliveries: string[];
  events: string[];
  alerts: string[];
}

type Naming = Pick<AuditEntry, 'action' | 'targetId' | 'detail'>;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** What the target is, by the first word of the action. Exports and redeliveries of many name a webhook, if any. */
const KIND_OF_TARGET: Readonly<Record<string, keyof SubjectIds>> = {
  webhook: 'webhooks',
  deliveries: 'webhooks',
  source: 'sources',
  delivery: 'deliveries',
  event: 'events',
  alert: 'alerts',
};

export function subjectIdsOf({ action, targetId, detail }: Naming): SubjectIds {
  const ids: SubjectIds = { webhooks: [], sources: [], deliveries: [], events: [], alerts: [] };
  const kind = KIND_OF_TARGET[action.split('.')[0] ?? ''];
  if (kind !== undefined) ids[kind].push(...uuidsIn(targetId));
  ids.webhooks.push(...uuidsIn(detail.webhookId));
  ids.sources.push(...uuidsIn(detail.sourceId));
  return ids;
}

export function allSubjectIds(entries: readonly Naming[]): SubjectIds {
  const all = entries.map(subjectIdsOf);
  const unique = (kind: keyof SubjectIds) => [...new Set(all.flatMap((ids) => ids[kind]))];
  return {
    webhooks: unique('webhooks'),
    sources: unique('sources'),
    deliveries: unique('deliveries'),
    events: unique('events'),
    alerts: unique('alerts'),
  };
}

/** An id of the caller's own system is none of ours. */
function uuidsIn(value: unknown): string[] {
  return typeof value === 'string' && UUID.test(value) ? [value] : [];
}
