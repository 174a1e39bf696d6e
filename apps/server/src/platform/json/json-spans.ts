/**
 * Finds the raw text of JSON members and items, so that a payload is stored and delivered exactly as it was sent:
 * numbers beyond 2^53, key order and escapes survive, and nothing is serialised twice.
 *
 * The text must be valid JSON, that is, parsed before.
 */

import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  endsScalar,
  isSpace,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './json-bytes.js';

export interface Span {
  /** Index of the value's first character. */
  from: number;
  /** Index after its last character. */
  to: number;
}

/** Each member of the object that starts at or after `from`; of repeated keys the last counts, as with JSON.parse. */
export function memberSpans(json: string, from = 0): Map<string, Span> {
  const members = new Map<string, Span>();
  let at = skipSpace(json, skipSpace(json, from) + 1);
  while (json.charCodeAt(at) !== CLOSE_BRACE) {
    const keyEnd = endOfString(json, at);
    const key = JSON.parse(json.slice(at, keyEnd)) as string;
    const valueStart = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const valueEnd = endOfValue(json, valueStart);
    members.set(key, { from: valueStart, to: valueEnd });
    at = skipSpace(json, valueEnd);
    if (json.charCodeAt(at) === COMMA) at = skipSpace(json, at + 1);
  }
  return members;
}

/** Each item of the array that starts at or after `from`. */
export function itemSpans(json: string, from = 0): Span[] {
  const items: Span[] = [];
  let at = skipSpace(json, skipSpace(json, from) + 1);
  while (json.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = endOfValue(json, at);
    items.push({ from: at, to: end });
    at = skipSpace(json, end);
    if (json.charCodeAt(at) === COMMA) at = skipSpace(json, at + 1);
  }
  return items;
}

/** The same JSON without the spaces and line breaks between its parts. */
export function compactJson(json: string): string {
  let compact = '';
  let from = 0;
  let at = 0;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at);
    else if (isSpace(code)) {
      compact += json.slice(from, at);
      at = skipSpace(json, at);
      from = at;
    } else at += 1;
  }
  return compact + json.slice(from);
}

function endOfValue(json: string, from: number): number {
  const first = json.charCodeAt(from);
  if (first === QUOTE) return endOfString(json, from);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfContainer(json, from);
  let at = from + 1;
  while (at < json.length && !endsScalar(json.charCodeAt(at))) at += 1;
  return at;
}

function endOfContainer(json: string, from: number): number {
  let depth = 0;
  let at = from;
  for (;;) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at);
      continue;
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
}

function endOfString(json: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const quote = json.indexOf('"', at);
    let backslashes = 0;
    while (json.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (isSpace(json.charCodeAt(at))) at += 1;
  return at;
}
