/** Puts an alert's detail into words: "12 failures in a row; the last one: HTTP 500, Receiver error (5xx)". */
import type { Alert } from '@im/contracts/api/alerts';
import { AUTOMATIC_RESOLVER } from '@im/contracts/api/alert-constants';
import type { ErrorClass } from '@im/contracts/api/deliveries';
import type { Translate } from '../../../i18n/i18n.js';
import { formatDurationMs } from '../../../shared/format/duration.js';

const MINUTE_MS = 60_000;

export function alertText(alert: Pick<Alert, 'rule' | 'detail'>, t: Translate, localeTag: string): string {
  const what = whatText(alert, t, localeTag);
  const last = lastFailureText(alert.detail, t);
  return last === '' ? what : t('alerts.detail.withLast', { what, last });
}

/** Without the last failure, which an incident shows once for all its rules. */
export function whatText(
  { rule, detail }: Pick<Alert, 'rule' | 'detail'>,
  t: Translate,
  localeTag: string,
): string {
  const { attempts = 0, failures = 0, disabledReason } = detail;
  const window = minutesText(detail.windowMinutes, localeTag);
  switch (rule) {
    case 'consecutive_failures':
      return t('alerts.detail.consecutive_failures', { count: detail.consecutiveFailures ?? 0 });
    case 'delivery_exhausted':
      return t('alerts.detail.delivery_exhausted', { total: detail.exhaustedDeliveries ?? 0 });
    case 'webhook_disabled': {
      const why =
        disabledReason === undefined
          ? t('alerts.detail.webhook_disabled')
          : t(`alerts.detail.disabledBecause.${disabledReason}`);
      const { waitingDeliveries = 0 } = detail;
      return waitingDeliveries === 0
        ? why
        : t('alerts.detail.disabledWithWaiting', { why, total: waitingDeliveries });
    }
    case 'cannot_sign':
      return t('alerts.detail.cannot_sign');
    case 'success_rate': {
      const rate = `${String(detail.successRatePercent ?? 0)}%`;
      return t('alerts.detail.success_rate', { window, attempts, failures, rate });
    }
    case 'slow':
      return t('alerts.detail.slow', {
        window,
        attempts,
        p95: formatDurationMs(detail.p95Ms ?? 0, localeTag),
      });
    case 'backlog':
      return t('alerts.detail.backlog', { wait: minutesText(detail.oldestWaitMinutes, localeTag) });
    case 'before_failing': {
      const share = `${String(detail.byPolicyPercent ?? 0)}%`;
      const { questions = 0, byPolicy = 0 } = detail;
      return t('alerts.detail.before_failing', { window, share, questions, byPolicy });
    }
    case 'source_silent':
      return t('alerts.detail.source_silent', { silent: minutesText(detail.silentMinutes, localeTag) });
    case 'source_rejecting':
      return rejectingText(detail, window, t);
  }
}

function rejectingText(detail: Alert['detail'], window: string, t: Translate): string {
  const { requests = 0, rejectedRequests: rejected = 0 } = detail;
  const { notUnderstoodRequests: notUnderstood = 0, failedRequests: failed = 0 } = detail;
  const total = rejected + notUnderstood + failed;
  return t('alerts.detail.source_rejecting', { window, requests, total, rejected, notUnderstood, failed });
}

/** The name of what the alert is about. */
export function subjectName({ detail }: Pick<Alert, 'detail'>): string {
  return detail.sourceName ?? (detail.webhookName || (detail.webhookUrl ?? ''));
}

function minutesText(minutes: number | undefined, localeTag: string): string {
  return formatDurationMs((minutes ?? 0) * MINUTE_MS, localeTag);
}

/** Who ended it, in words; null while it is not resolved. */
export function resolverText({ resolvedBy }: Pick<Alert, 'resolvedBy'>, t: Translate): string | null {
  if (resolvedBy === null) return null;
  return resolvedBy === AUTOMATIC_RESOLVER
    ? t('alerts.byItself')
    : t('alerts.byPerson', { name: resolvedBy });
}

/** "HTTP 500, Receiver error (5xx)"; empty when nothing is known. */
export function lastFailureText(
  detail: Pick<Alert['detail'], 'lastErrorClass' | 'lastResponseStatus'>,
  t: Translate,
): string {
  const reason = reasonText(detail.lastErrorClass, t);
  if (detail.lastResponseStatus === undefined) return reason;
  const status = detail.lastResponseStatus;
  return reason === ''
    ? t('alerts.detail.http', { status })
    : t('alerts.detail.httpWithReason', { status, reason });
}

/** A newer server may know classes that this console does not: then the class itself is shown. */
function reasonText(errorClass: string | undefined, t: Translate): string {
  if (errorClass === undefined) return '';
  const key = `errorClasses.name.${errorClass as ErrorClass}` as const;
  const text = t(key);
  return text === key ? errorClass : text;
}
