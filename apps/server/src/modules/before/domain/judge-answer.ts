/** Judges the answer to a before-callback: a decision of the receiver, or the reason why its policy decides. */
import {
  BEFORE_DECISIONS,
  MAX_BEFORE_REASON,
  type BeforeDecider,
  type BeforeOutcome,
} from '@im/contracts/api/before-constants';
import { RESPONSE_BODY_LIMIT_BYTES } from '@im/contracts/api/delivery-constants';
import type { ErrorClass } from '@im/contracts/api/deliveries';
import { parseExactly } from '@im/contracts/exact-json';

export interface ReceiverDecision {
  decision: BeforeOutcome;
  code: number | null;
  reason: string | null;
  /** Only with `modify`; numbers as the receiver wrote them. */
  changes: Record<string, unknown> | null;
  /** The answer itself, when the receiver answered in the form of an IM server. */
  rawAnswer: string | null;
}

/** Reads an answer in the form of an IM server; null: it is none. */
export type ReadRawAnswer = (text: string) => ReceiverDecision | null;

/** The part of a request's outcome that decides. */
export interface AnswerToJudge {
  responseStatus: number | null;
  responseBody: string | null;
  isResponseTruncated: boolean;
  /** null: a 2xx answer. */
  errorClass: ErrorClass | null;
  errorMessage: string | null;
}

export type Judgement =
  | { by: 'receiver'; decision: ReceiverDecision }
  | {
      by: Extract<BeforeDecider, 'deadline' | 'invalid_answer' | 'error'>;
      errorClass: ErrorClass;
      /** One sentence for people. */
      errorMessage: string;
    };

/**
 * @param isOutOfTime the deadline is over
 * @param readRawAnswer only for receivers that get the requests of an IM server as they are
 */
export function judgeAnswer(
  answer: AnswerToJudge,
  isOutOfTime: boolean,
  readRawAnswer: ReadRawAnswer | null = null,
): Judgement {
  const { responseStatus, errorClass, isResponseTruncated } = answer;
  const text = answer.responseBody ?? '';
  const isWhole = responseStatus !== null && !(isResponseTruncated && !isTooLong(text));
  if (errorClass !== null || !isWhole) {
    const by = isOutOfTime && (responseStatus === null || !isWhole) ? 'deadline' : 'error';
    return {
      by,
      errorClass: errorClass ?? (isOutOfTime ? 'response_timeout' : 'reset'),
      errorMessage: answer.errorMessage ?? `The answer broke off${isOutOfTime ? ': the time was over' : ''}.`,
    };
  }
  if (isResponseTruncated) return invalid(`it is longer than ${String(RESPONSE_BODY_LIMIT_BYTES)} bytes`);
  const raw = readRawAnswer && readSafely(readRawAnswer, text);
  if (raw) return { by: 'receiver', decision: raw };
  const read = readDecision(text);
  return typeof read === 'string' ? invalid(read) : { by: 'receiver', decision: read };
}

/** It was cut because of its length, not because the connection ended. */
function isTooLong(text: string): boolean {
  // An incomplete character at the limit is left out, and invalid bytes became longer.
  return Buffer.byteLength(text) > RESPONSE_BODY_LIMIT_BYTES - 4;
}

function invalid(why: string): Judgement {
  return {
    by: 'invalid_answer',
    errorClass: 'invalid_response',
    errorMessage: `The answer is no decision: ${why}.`,
  };
}

function readSafely(read: ReadRawAnswer, text: string): ReceiverDecision | null {
  try {
    return read(text);
  } catch {
    return null;
  }
}

/** @returns what is wrong with it, as the end of a sentence */
function readDecision(text: string): ReceiverDecision | string {
  if (text.trim() === '') return 'its body is empty';
  const answer = parseObject(text);
  if (answer === null) return 'its body is no JSON object';
  const { decision, code = null, reason = null, changes = null } = answer;
  if (!isDecision(decision)) return '"decision" is not "allow", "deny" or "modify"';
  if (code !== null && !Number.isSafeInteger(code)) return '"code" is no whole number';
  if (reason !== null && typeof reason !== 'string') return '"reason" is no text';
  if (reason !== null && reason.length > MAX_BEFORE_REASON) {
    return `"reason" has more than ${String(MAX_BEFORE_REASON)} characters`;
  }
  if (changes !== null && !isObject(changes)) return '"changes" is no object';
  if (decision === 'modify' && changes === null) return '"modify" without "changes"';
  return {
    decision,
    code: code as number | null,
    reason,
    changes: decision === 'modify' ? changes : null,
    rawAnswer: null,
  };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const parsed = parseExactly(text);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value);
}

/** A number that a double would change is an object of one property, without a prototype. */
function isExactNumber(value: object): boolean {
  const { isRawJSON } = JSON as { isRawJSON?: (value: unknown) => boolean };
  return isRawJSON?.(value) === true;
}

function isDecision(value: unknown): value is BeforeOutcome {
  return BEFORE_DECISIONS.some((decision) => decision === value);
}
