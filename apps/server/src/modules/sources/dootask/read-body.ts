/** Reads the fields of a body: urlencoded, the multipart form that DooTask sends instead, or JSON of other senders. */
import { parseExactly } from '@im/contracts/exact-json';
import { isFields, type Fields } from './field-values.js';
import { MAX_FIELDS, readForm } from './form-fields.js';
import { fieldsOfParts, findParts } from './multipart-parts.js';

const MAX_DEPTH = 20;

export type ReadBody = { fields: Fields } | { reason: string };

/** @param body without tokens */
export function readBody(body: Buffer): ReadBody {
  if (body.length === 0) return { reason: 'The body is empty' };
  const bytes = body.toString('latin1');
  const parts = findParts(bytes);
  if (parts) return { fields: fieldsOfParts(bytes, parts) };
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  if (/^\s*[{[]/.test(text)) return readJson(text);
  const fields = readForm(bytes);
  if (!fields)
    return { reason: `The body has more than ${String(MAX_FIELDS)} fields, or one with a long name` };
  return Object.keys(fields).length > 0
    ? { fields }
    : { reason: 'The body is neither urlencoded, nor multipart, nor JSON' };
}

function readJson(text: string): ReadBody {
  let value: unknown;
  try {
    value = parseExactly(text);
  } catch {
    return { reason: 'The body begins like JSON, but is none' };
  }
  if (!isFields(value)) return { reason: 'The body is JSON, but no object' };
  if (Object.keys(value).length > MAX_FIELDS) return { reason: 'The body has too many fields' };
  return isDeeperThan(value, MAX_DEPTH) ? { reason: 'The body is nested too deeply' } : { fields: value };
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((each) => isDeeperThan(each, depth - 1));
}
