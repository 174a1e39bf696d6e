/**
 * Finds the parts of a multipart body. DooTask sends one, under an urlencoded content type, when a text begins with `@`:
 * its parts are called attachments, and of objects the values come in a fixed order without their keys.
 */
import { MAX_FIELDS, MAX_NAME_LENGTH, nestFields, utf8Of, type Bytes } from './form-fields.js';

export interface Part {
  name: string;
  /** Where its value is in the body. */
  start: number;
  end: number;
}

/** The keys of the objects whose values come as parts of one name, in order. */
const KEYS_OF: Readonly<Record<string, readonly string[]>> = {
  msg_user: ['userid', 'email', 'nickname', 'profession', 'lang', 'token'],
  member: ['userid', 'nickname', 'email', 'bot'],
  operator: ['userid', 'nickname', 'email', 'bot'],
};
const MAX_BOUNDARY_LENGTH = 200;
const MAX_HEAD_LENGTH = 2_000;
const NAME_PARAMETER = /[;\s]name="?([^"\r\n]*)"?/i;

/** @returns null: it is no multipart body, or has too many parts; one that breaks off has the parts so far */
export function findParts(body: Bytes): Part[] | null {
  if (!body.startsWith('--')) return null;
  const lineEnd = body.slice(0, MAX_BOUNDARY_LENGTH).indexOf('\n');
  const delimiter = body.slice(0, Math.max(lineEnd, 0)).trimEnd();
  if (delimiter.length < 3) return null;
  const parts: Part[] = [];
  let at = lineEnd + 1;
  while (at > 0 && at < body.length) {
    const next = body.indexOf(`\n${delimiter}`, at - 1);
    const end = next < 0 ? body.length : next;
    const part = partBetween(body, at, end);
    if (part) parts.push(part);
    if (parts.length > MAX_FIELDS) return null;
    if (next < 0) break;
    at = body.indexOf('\n', next + 1 + delimiter.length) + 1;
  }
  return parts.length === 0 ? null : parts;
}

/** Fields by name; of a name that is repeated without a known order, the list of its values. */
export function fieldsOfParts(body: Bytes, parts: readonly Part[]): Record<string, unknown> {
  const valuesOf = new Map<string, string[]>();
  for (const { name, start, end } of parts) {
    const values = valuesOf.get(name) ?? [];
    values.push(utf8Of(body.slice(start, end)));
    valuesOf.set(name, values);
  }
  const single = [...valuesOf].flatMap(([name, values]) =>
    values.length === 1 ? [[name, values[0] ?? ''] as const] : [],
  );
  const repeated = [...valuesOf].filter(([, values]) => values.length > 1);
  return {
    ...nestFields(single),
    ...Object.fromEntries(repeated.map(([name, values]) => [name, objectOf(name, values)])),
  };
}

function objectOf(name: string, values: readonly string[]): unknown {
  const keys = Object.hasOwn(KEYS_OF, name) ? KEYS_OF[name] : undefined;
  if (keys?.length !== values.length) return values;
  return Object.fromEntries(keys.map((key, index) => [key, values[index]]));
}

/** @param start of its headers @param end of its value, a carriage return before the delimiter included */
function partBetween(body: Bytes, start: number, end: number): Part | null {
  const head = body.slice(start, Math.min(end, start + MAX_HEAD_LENGTH));
  const blank = /\r?\n\r?\n/.exec(head);
  if (!blank) return null;
  const [, name = ''] = NAME_PARAMETER.exec(head.slice(0, blank.index)) ?? [];
  if (name === '' || name.length > MAX_NAME_LENGTH) return null;
  const valueStart = start + blank.index + blank[0].length;
  const hasReturn = end > valueStart && end < body.length && body[end - 1] === '\r';
  return { name: utf8Of(name), start: valueStart, end: hasReturn ? end - 1 : end };
}
