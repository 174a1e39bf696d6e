/** Words for a failed call: translated by code, always with the server's own reason. */
import type { FieldError } from '@im/contracts/problem';
import type { MessageKey, Translate } from '../../i18n/i18n.js';
import { formatDurationMs } from '../format/duration.js';
import { ApiError } from './api-error.js';

export interface ErrorDescription {
  title: string;
  /** The server's reason; empty when it gave none. */
  detail: string;
  requestId: string | undefined;
}

export function describeError(error: unknown, t: Translate, localeTag: string): ErrorDescription {
  if (!(error instanceof ApiError)) {
    return {
      title: error instanceof Error ? error.message : String(error),
      detail: '',
      requestId: undefined,
    };
  }
  const wait =
    error.retryAfterMs === undefined
      ? ''
      : t('errors.tryAgainIn', { duration: formatDurationMs(Math.max(error.retryAfterMs, 1000), localeTag) });
  const fields = error.errors.map((field) => `${field.pointer}: ${field.message}`).join('; ');
  return {
    title: titleOf(error, t),
    detail: [error.detail, fields, wait].filter((part) => part !== '').join(' · '),
    requestId: error.requestId,
  };
}

/** The same in one line, for a message that passes. */
export function errorLine(error: unknown, t: Translate, localeTag: string): string {
  const { title, detail } = describeError(error, t, localeTag);
  return detail === '' ? title : t('errors.withDetail', { title, detail });
}

/** A fault of one field: what kind it is, and the server's words where they add something. */
export function describeFieldError(field: FieldError, t: Translate): string {
  const key = `errors.field.${field.code}` as const;
  const what = t(key);
  if (what === key) return field.message;
  return field.code === 'required' ? what : t('errors.fieldWithReason', { what, reason: field.message });
}

/** A newer server may know codes that this console does not: then its own sentence is the title. */
function titleOf(error: ApiError, t: Translate): string {
  const key: MessageKey = `errors.code.${error.code}`;
  const title = t(key, { status: error.status });
  if (title !== key) return title;
  return error.detail === '' ? `${error.code} (HTTP ${String(error.status)})` : error.detail;
}
