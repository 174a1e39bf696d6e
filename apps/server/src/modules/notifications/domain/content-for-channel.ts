/** Decides which channels get a notice, and which part of it. */
import type { AlertRule, AlertSeverity } from '@im/contracts/api/alerts';
import type { NoticeContent, NoticedAlert } from './notice.js';

export interface ChannelFilter {
  minSeverity: AlertSeverity;
  /** Empty: every app. */
  appIds: readonly string[];
  /** Empty: every rule. */
  rules: readonly AlertRule[];
}

export interface FilteredNotice {
  appId: string;
  severity: AlertSeverity;
  content: NoticeContent;
}

/** @returns null when the channel does not want it; of a summary, the part that it wants */
export function contentForChannel(notice: FilteredNotice, filter: ChannelFilter): NoticeContent | null {
  const { appIds, minSeverity } = filter;
  if (appIds.length > 0 && !appIds.includes(notice.appId)) return null;
  if (minSeverity === 'critical' && notice.severity !== 'critical') return null;
  const { content } = notice;
  const alerts = content.alerts.filter((alert) => isWanted(alert, filter, content.counts !== null));
  if (alerts.length === content.alerts.length) return content;
  if (alerts.length === 0) return null;
  const unresolved = alerts.filter(({ status }) => status !== 'resolved').length;
  return { ...content, alerts, counts: { total: alerts.length, unresolved } };
}

/** A single alert's severity is that of its notice, which was looked at already. */
function isWanted(alert: NoticedAlert, { rules, minSeverity }: ChannelFilter, isSummary: boolean): boolean {
  if (rules.length > 0 && !rules.includes(alert.rule)) return false;
  return !isSummary || minSeverity === 'warning' || alert.severity === 'critical';
}
