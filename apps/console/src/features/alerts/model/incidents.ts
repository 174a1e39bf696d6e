/** Puts the alerts of one webhook or source together: one broken receiver is one thing to handle. */
import type { Alert, AlertSeverity } from '@im/contracts/api/alerts';

export interface Incident {
  /** The webhook's or the source's id. */
  id: string;
  appKey: string;
  webhookId: string | null;
  sourceId: string | null;
  severity: AlertSeverity;
  /** Critical ones first, then the oldest. */
  alerts: Alert[];
  /** Not acknowledged yet. */
  open: Alert[];
  openedAt: string;
  /** Who handles it, each once. */
  handlers: string[];
  lastFailure: LastFailure | null;
}

/** One that is over. */
export interface PastIncident extends Incident {
  resolvedAt: string;
}

export interface LastFailure {
  deliveryId: string | null;
  responseStatus: number | null;
  errorClass: string | null;
}

/** Critical incidents first, then those that began last. */
export function incidentsOf(alerts: readonly Alert[]): Incident[] {
  const groups = Map.groupBy(alerts, ({ webhookId, sourceId, alertId }) => webhookId ?? sourceId ?? alertId);
  return [...groups].map(([id, group]) => incidentOf(id, group)).sort(byUrgency);
}

/** Alerts of one webhook or source that overlapped were one incident. In the order of the list: newest first. */
export function pastIncidentsOf(alerts: readonly Alert[]): PastIncident[] {
  const subjects = Map.groupBy(
    alerts,
    ({ webhookId, sourceId, alertId }) => webhookId ?? sourceId ?? alertId,
  );
  return [...subjects.values()]
    .flatMap(overlapping)
    .map((group) => ({
      ...incidentOf(group[0]?.alertId ?? '', group),
      resolvedAt: lastOf(group.map(endOf)),
    }))
    .sort((a, b) => b.openedAt.localeCompare(a.openedAt));
}

function overlapping(alerts: readonly Alert[]): Alert[][] {
  const groups: Alert[][] = [];
  let endedAt = '';
  for (const alert of [...alerts].sort((a, b) => a.openedAt.localeCompare(b.openedAt))) {
    const current = groups.at(-1);
    if (current && alert.openedAt <= endedAt) current.push(alert);
    else groups.push([alert]);
    endedAt = lastOf([endedAt, endOf(alert)]);
  }
  return groups;
}

const endOf = ({ resolvedAt, openedAt }: Alert): string => resolvedAt ?? openedAt;

const lastOf = (instants: readonly string[]): string =>
  instants.reduce((last, instant) => (instant > last ? instant : last), '');

function incidentOf(id: string, group: readonly Alert[]): Incident {
  const alerts = [...group].sort(
    (a, b) => rankOf(a.severity) - rankOf(b.severity) || a.openedAt.localeCompare(b.openedAt),
  );
  const openedAt = alerts.map((alert) => alert.openedAt).sort()[0] ?? '';
  const handlers = [...new Set(alerts.flatMap(({ acknowledgedBy }) => acknowledgedBy ?? []))];
  return {
    ...{ id, appKey: alerts[0]?.appKey ?? '', openedAt, handlers, alerts },
    webhookId: alerts[0]?.webhookId ?? null,
    sourceId: alerts[0]?.sourceId ?? null,
    severity: alerts[0]?.severity ?? 'warning',
    open: alerts.filter(({ status }) => status === 'open'),
    lastFailure: lastFailureOf(alerts),
  };
}

/** A row of failures knows the very last one; what was given up may be older. */
function lastFailureOf(alerts: readonly Alert[]): LastFailure | null {
  const failing = alerts.filter(
    ({ detail }) => detail.lastDeliveryId !== undefined || detail.lastResponseStatus !== undefined,
  );
  const { detail } = failing.find(({ rule }) => rule === 'consecutive_failures') ?? failing[0] ?? {};
  if (!detail) return null;
  return {
    deliveryId: detail.lastDeliveryId ?? null,
    responseStatus: detail.lastResponseStatus ?? null,
    errorClass: detail.lastErrorClass ?? null,
  };
}

function byUrgency(a: Incident, b: Incident): number {
  return rankOf(a.severity) - rankOf(b.severity) || b.openedAt.localeCompare(a.openedAt);
}

const rankOf = (severity: AlertSeverity): number => (severity === 'critical' ? 0 : 1);
