/** Renames the fields that faults point to, so that callers find the names that they sent. */
import type { FieldError } from '@im/contracts/problem';

const NAMES: Readonly<Record<string, string>> = {
  '?from': '?start_date',
  '?to': '?end_date',
  '?event': '?event_type',
  '/event': '/event_type',
  '/data': '/payload',
  '/timeoutMs': '/timeout',
  '/retryPolicy': '/retry_policy',
  '/signaturePrefix': '/signature_prefix',
};

export function renamePointers(errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => {
    const [, first = '', rest = ''] = /^([?/][^/]*)(.*)$/s.exec(error.pointer) ?? [];
    return { ...error, pointer: (NAMES[first] ?? first) + rest };
  });
}
