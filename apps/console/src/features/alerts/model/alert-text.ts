/** An alert's detail in words: "12 failures in a row; the last one: HTTP 500, Receiver failed inside". */
import { AUTOMATIC_RESOLVER, type Alert } from '@im/contracts/api/alerts';
import type { ErrorClass } from '@im/contracts/api/deliveries';
import type { Translate } from '../../../i18n/i18n.js';

export function alertText({ rule, detail }: Pick<Alert, 'rule' | 'detail'>, t: Translate): string {
  const { disabledReason } = detail;
  const total = rule === 'delivery_exhausted' ? detail.exhaustedDeliveries : detail.consecutiveFailures;
  const what =
    rule === 'webhook_disabled' && disabledReason !== undefined
      ? t(`alerts.detail.disabledBecause.${disabledReason}`)
      : t(`alerts.detail.${rule}`, { total: total ?? 0 });
  const last = lastFailureText(detail, t);
  return last === '' ? what : t('alerts.detail.withLast', { what, last });
}

/** Who ended it, in words; null while it is not resolved. */
export function resolverText({ resolvedBy }: Pick<Alert, 'resolvedBy'>, t: Translate): string | null {
  if (resolvedBy === null) return null;
  return resolvedBy === AUTOMATIC_RESOLVER
    ? t('alerts.byItself')
    : t('alerts.byPerson', { name: resolvedBy });
}

function lastFailureText(detail: Alert['detail'], t: Translate): string {
  const reason = reasonText(detail.lastErrorClass, t);
  if (detail.lastResponseStatus === undefined) return reason;
  const status = detail.lastResponseStatus;
  return reason === ''
    ? t('alerts.detail.http', { status })
    : t('alerts.detail.httpWithReason', { status, reason });
}

/** A newer server may know classes that this console does not: then the class itself says it. */
function reasonText(errorClass: string | undefined, t: Translate): string {
  if (errorClass === undefined) return '';
  const key = `errorClasses.name.${errorClass as ErrorClass}` as const;
  const text = t(key);
  return text === key ? errorClass : text;
}
