/** Composes the answers that OpenIM's before-callbacks need: HTTP 200 and a JSON object, whatever was decided. */
import type { SourceAnswer, SourceDecision } from '../source-kind.js';
import { modify } from './apply-changes.js';
import { boundedReason } from './bound-text.js';
import { parseObject, type JsonObject } from './json-object.js';
import type { OpenimCommand } from './mapping/describe.js';
import { readOpenimAnswer } from './raw-answer.js';
import { checkFields } from './raw-fields.js';

const ALLOW = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 };

/** Codes that OpenIM leaves to others. */
const FIRST_CODE = 5_001;
const LAST_CODE = 9_999;
const DEFAULT_REASON = 'denied';

/** @param command null: it is not known, or the request is no command */
export function allowAnswer(command: OpenimCommand | null, body: JsonObject | null): SourceAnswer {
  return json({ ...ALLOW, ...(command && body && echoOf(command, body)) });
}

export function answerOf(command: OpenimCommand, body: JsonObject, decision: SourceDecision): SourceAnswer {
  const raw = decision.rawAnswer === null ? null : rawAnswerOf(command, body, decision.rawAnswer);
  if (raw !== null) return answer(raw);
  if (decision.decision === 'deny') return json(denial(decision));
  const changes = decision.decision === 'modify' ? modify(command, body, decision.changes ?? {}) : {};
  return json({ ...ALLOW, ...echoOf(command, body), ...changes });
}

function denial({ code, reason }: SourceDecision): JsonObject {
  const isCode = code !== null && Number.isInteger(code) && code >= FIRST_CODE && code <= LAST_CODE;
  const text = boundedReason(reason ?? '') || DEFAULT_REASON;
  return { actionCode: 0, errCode: isCode ? code : FIRST_CODE, errMsg: text, errDlt: text, nextCode: 1 };
}

/** OpenIM overwrites these with what an answer says, nothing included. */
function echoOf({ echo = [] }: OpenimCommand, body: JsonObject): JsonObject {
  return Object.fromEntries(
    echo.filter((name) => body[name] !== undefined).map((name) => [name, body[name]] as const),
  );
}

/** A receiver's own answer goes to the server as it is, but for what OpenIM may not get, and what it must; null: it is none. */
function rawAnswerOf(command: OpenimCommand, body: JsonObject, text: string): string | null {
  const read = readOpenimAnswer(command, body, text);
  if (!read) return null;
  if (read.decision === 'deny') return text;
  const given = parseObject(text) ?? {};
  const kept = checkFields(command, body, given).kept.filter(
    ([name, value]) => !empties(command, name, value),
  );
  const names = new Set(kept.map(([name]) => name.toLowerCase()));
  const missing = Object.entries(echoOf(command, body)).filter(([name]) => !names.has(name.toLowerCase()));
  const isWhole = missing.length === 0 && kept.length === Object.keys(given).length;
  return isWhole ? text : JSON.stringify(Object.fromEntries([...kept, ...missing]));
}

/** Null leaves a repeated field of the older command empty. */
function empties({ echo = [], echoesNull }: OpenimCommand, name: string, value: unknown): boolean {
  const isRepeated = echo.some((each) => each.toLowerCase() === name.toLowerCase());
  return isRepeated && !echoesNull && value === null;
}

function json(value: JsonObject): SourceAnswer {
  return answer(JSON.stringify(value));
}

function answer(body: string): SourceAnswer {
  return { status: 200, contentType: 'application/json; charset=utf-8', body };
}
