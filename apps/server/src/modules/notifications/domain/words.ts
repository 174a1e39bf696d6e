/** Provides the texts of messages in the language of the channel. */
import type { AlertDetail, AlertRule, AlertSeverity } from '@im/contracts/api/alerts';
import type { ErrorClass } from '@im/contracts/api/deliveries';
import type { NotificationKind } from '@im/contracts/api/notification-channels';
import type { SourceKind } from '@im/contracts/api/source-constants';

/** A summary has texts of its own. */
export type StepKind = Exclude<NotificationKind, 'summary'>;

export interface Words {
  /** Every title contains "告警" or "Alert": DingTalk and Feishu can require such a keyword. */
  title: (kind: StepKind, severity: AlertSeverity, subject: string) => string;
  summaryTitle: (app: string, total: number, unresolved: number) => string;
  groupTitle: (total: number, critical: number) => string;
  /** The beginning of a line that is one of several notices. */
  groupLine: (kind: StepKind, severity: AlertSeverity) => string;
  testTitle: string;
  testText: (channelName: string) => string;
  rule: Readonly<Record<AlertRule, string>>;
  /** The figures behind it, in a sentence; empty when there is nothing to add to the rule. */
  figures: (rule: AlertRule, detail: AlertDetail) => string;
  sourceKind: Readonly<Record<SourceKind, string>>;
  errorClass: Readonly<Record<ErrorClass, string>>;
  since: (instant: string, minutes: number) => string;
  byItself: string;
  byPerson: (name: string) => string;
  restText: (left: number) => string;
  colon: string;
  labels: Readonly<
    Record<'app' | 'webhook' | 'source' | 'rule' | 'figures' | 'lastError' | 'since' | 'resolved', string>
  >;
  links: Readonly<Record<'alert' | 'deliveries' | 'source', string>>;
}
