/** Compares an attempt with the one before: what was sent differently, and what was answered differently. */
import type { Attempt } from '@im/contracts/api/deliveries';

export interface Difference {
  /** Of a header, or of a property of the answer. */
  name: string;
  isHeader: boolean;
  /** null: it was not there. */
  before: string | null;
  after: string | null;
}

/** New in each attempt: they say nothing. */
const ALWAYS_NEW = /signature|timestamp|nonce|attempt|^date$|^traceparent$/i;

export function requestDifferences(before: Attempt, after: Attempt): Difference[] {
  return [
    ...property('remoteAddress', before.remoteAddress, after.remoteAddress),
    ...headerDifferences(before.requestHeaders, after.requestHeaders),
  ];
}

export function responseDifferences(before: Attempt, after: Attempt): Difference[] {
  const textOf = (status: number | null) => (status === null ? null : String(status));
  return [
    ...property('responseStatus', textOf(before.responseStatus), textOf(after.responseStatus)),
    ...property('errorClass', before.errorClass, after.errorClass),
    ...headerDifferences(before.responseHeaders ?? {}, after.responseHeaders ?? {}),
    ...property('responseBody', before.responseBody, after.responseBody),
  ];
}

function property(name: string, before: string | null, after: string | null): Difference[] {
  return before === after ? [] : [{ name, isHeader: false, before, after }];
}

function headerDifferences(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !ALWAYS_NEW.test(name))
    .map((name) => ({ name, isHeader: true, before: before[name] ?? null, after: after[name] ?? null }))
    .filter((difference) => difference.before !== difference.after);
}
