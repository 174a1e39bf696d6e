/** Describes a failed call by its code, in the reader's language; the server's own sentences are English. */
import type { FieldError } from '@im/contracts/problem';
import type { MessageKey, Translate } from '../../i18n/i18n.js';
import { formatDurationMs } from '../format/duration.js';
import { ApiError } from './api-error.js';
import { conflictText } from './conflict-text.js';

export interface ErrorDescription {
  title: string;
  /** Details: which fields, how long to wait, what prevents it. */
  detail: string;
  /** The request id for a search in the logs; undefined if the caller has to change something. */
  diagnostics: string | undefined;
}

/** Not logged in, not allowed, not found, wrong input: the logs have no more details. */
const SELF_EXPLAINED: readonly number[] = [401, 403, 404, 422];

export function describeError(error: unknown, t: Translate, localeTag: string): ErrorDescription {
  if (!(error instanceof ApiError)) {
    return {
      title: error instanceof Error ? error.message : String(error),
      detail: '',
      diagnostics: undefined,
    };
  }
  return {
    title: titleOf(error, t),
    detail: [conflictOf(error, t), fieldsOf(error, t), waitOf(error, t, localeTag)]
      .filter((part) => part !== '')
      .join(' · '),
    diagnostics: diagnosticsOf(error),
  };
}

/** The same in one line, for a message that passes. */
export function errorLine(error: unknown, t: Translate, localeTag: string): string {
  const { title, detail } = describeError(error, t, localeTag);
  return detail === '' ? title : t('errors.withDetail', { title, detail });
}

/** A fault of one field: its kind, and the server's sentence if the reader understands it. */
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

function conflictOf({ code, path }: ApiError, t: Translate): string {
  const key = code === 'conflict' ? conflictText(path) : undefined;
  return key === undefined ? '' : t(key);
}

function fieldsOf({ errors }: ApiError, t: Translate): string {
  return errors.map((field) => `${field.pointer}: ${describeFieldError(field, t)}`).join('; ');
}

function waitOf({ retryAfterMs }: ApiError, t: Translate, localeTag: string): string {
  if (retryAfterMs === undefined) return '';
  return t('errors.tryAgainIn', { duration: formatDurationMs(Math.max(retryAfterMs, 1000), localeTag) });
}

function diagnosticsOf({ code, status, detail, requestId, path }: ApiError): string | undefined {
  if (requestId === undefined || SELF_EXPLAINED.includes(status)) return undefined;
  const lines = [`${code} (HTTP ${String(status)})`, detail, `API ${path}`, `X-Request-Id: ${requestId}`];
  return lines.filter((line) => line !== '').join('\n');
}
