/** Reads the answer of a receiver that was written for OpenIM, as OpenIM itself would. */
import type { SourceDecision } from '../source-kind.js';
import { isInteger } from './apply-changes.js';
import { boundedReason } from './bound-text.js';
import { parseObject, type JsonObject } from './json-object.js';
import type { OpenimCommand } from './mapping/describe.js';
import { checkFields } from './raw-fields.js';

/**
 * OpenIM refuses exactly when `nextCode` is 1 and `actionCode` 0; names match in any case. It blocks the command too when
 * `nextCode` has another type (`true`, `1.0`, `"1"`), so a receiver that answers so has refused. Other answers that it
 * could not read would block it by mistake: they are none.
 *
 * @returns null: it is no such answer
 */
export function readOpenimAnswer(
  command: OpenimCommand,
  body: JsonObject,
  text: string,
): SourceDecision | null {
  const object = parseObject(text);
  if (!object) return null;
  // Of a name that comes twice, OpenIM takes the last.
  const fields = Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { actioncode, errcode, errmsg, errdlt, nextcode } = fields;
  const isRefused = isOne(nextcode) && isAbsentOr(actioncode, 0);
  if (!isRefused && ![actioncode, errcode, nextcode].every(isWholeNumberOrAbsent)) return null;
  if (!isRefused && ![errmsg, errdlt].every(isTextOrAbsent)) return null;
  const changes = isRefused ? null : checkFields(command, body, object).changes;
  return {
    decision: isRefused ? 'deny' : changes ? 'modify' : 'allow',
    code: isRefused && Number.isInteger(errcode) ? Number(errcode) : null,
    reason: isRefused ? reasonOf(errdlt, errmsg) : null,
    changes,
    rawAnswer: text,
  };
}

function isOne(value: unknown): boolean {
  return value === true || value === '1' || numberOf(value) === 1;
}

/** `1.0` is kept as it was written. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null && 'rawJSON' in value
    ? Number(value.rawJSON)
    : Number.NaN;
}

function isAbsentOr(value: unknown, expected: number): boolean {
  return value === undefined || value === null || value === false || numberOf(value) === expected;
}

function isWholeNumberOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || isInteger(value);
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

function reasonOf(...texts: unknown[]): string | null {
  const text = texts.find((each): each is string => typeof each === 'string' && each.trim() !== '');
  return text === undefined ? null : boundedReason(text);
}
