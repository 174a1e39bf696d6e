/** Writes decisions in Tencent's form, and reads the answers of receivers that were written for Tencent. */
import { parseExactly } from '@im/contracts/exact-json';
import type { SourceAnswer, SourceDecision } from '../source-kind.js';
import type { BeforeCommand } from './before-commands.js';
import { changedBody, partsOf } from './message-body.js';
import { bodiesOf, idOf, isBody, textOf, wholeOf, type Body } from './read-values.js';

const OK: Body = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' };
const MAX_REASON_LENGTH = 500;
const KIND = 'tencent-im';

type Answering = BeforeCommand['answer'];

export function answerWith(body: Body | string): SourceAnswer {
  return {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** Lets Tencent go on. Of friend requests the page wants a result for each of them. */
export function allowing(answering: Answering | undefined, body: Body): Body {
  return answering && answering.refusedBy !== 'ErrorCode'
    ? { ...OK, ResultItem: resultsOf(answering.refusedBy.resultsOf, body, 0, '') }
    : OK;
}

export function answerOf(answering: Answering, body: Body, decision: SourceDecision): SourceAnswer {
  const { rawAnswer } = decision;
  if (rawAnswer !== null && readAnswer(answering, body, rawAnswer)) return answerWith(rawAnswer);
  switch (decision.decision) {
    case 'deny':
      return answerWith(refusing(answering, body, decision));
    case 'modify':
      return answerWith({
        ...allowing(answering, body),
        ...changesOf(answering, body, decision.changes ?? {}),
      });
    default:
      return answerWith(allowing(answering, body));
  }
}

/** @returns null: it is no answer that Tencent would understand, or says that the receiver failed */
export function readAnswer(answering: Answering, body: Body, text: string): SourceDecision | null {
  const answer = objectOf(text);
  const code = wholeOf(answer?.ErrorCode);
  if (!answer || code === undefined || textOf(answer.ActionStatus)?.toUpperCase() !== 'OK') return null;
  const refusal = refusalIn(answering, answer, code);
  if (refusal === 'failed') return null;
  const changes = refusal ? null : changesIn(answering, body, answer);
  const decision = refusal ? 'deny' : changes ? 'modify' : 'allow';
  return { decision, code: refusal?.code ?? null, reason: refusal?.reason ?? null, changes, rawAnswer: text };
}

function refusing(answering: Answering, body: Body, { code, reason }: SourceDecision): Body {
  const info = (reason ?? '').slice(0, MAX_REASON_LENGTH);
  const refusal = code !== null && isCodeOf(answering, code) ? code : (answering.codes[0] ?? 1);
  return answering.refusedBy === 'ErrorCode'
    ? { ...OK, ErrorCode: refusal, ErrorInfo: info }
    : { ...OK, ResultItem: resultsOf(answering.refusedBy.resultsOf, body, refusal, info) };
}

function isCodeOf({ codes, ownCodes }: Answering, code: number): boolean {
  return codes.includes(code) || (ownCodes !== null && code >= ownCodes[0] && code <= ownCodes[1]);
}

function resultsOf(list: string, body: Body, code: number, info: string): Body[] {
  return (bodiesOf(body[list]) ?? []).map(({ To_Account }) => ({
    To_Account,
    ResultCode: code,
    ResultInfo: info,
  }));
}

/** Response fields of the changes that the command knows; the others are dropped. */
function changesOf(answering: Answering, body: Body, changes: Body): Body {
  if (answering.changes === 'members') {
    const { memberIds } = changes;
    if (!Array.isArray(memberIds)) return {};
    const refused = invitedIn(body).filter((member) => !memberIds.includes(member));
    return refused.length > 0 ? { RefusedMembers_Account: refused } : {};
  }
  if (answering.changes !== 'message') return {};
  const msgBody = changedBody(body.MsgBody, changes);
  const extra = isBody(changes.extra) ? changes.extra[KIND] : undefined;
  const custom = isBody(extra) ? textOf(extra.CloudCustomData) : undefined;
  return {
    ...(msgBody && { MsgBody: msgBody }),
    ...(custom !== undefined && { CloudCustomData: custom }),
  };
}

/** The changes of an answer, by the names of the payload; null: it changes nothing. */
function changesIn(answering: Answering, body: Body, answer: Body): Body | null {
  if (answering.changes === 'members') {
    const refused: unknown = answer.RefusedMembers_Account;
    if (!Array.isArray(refused) || refused.length === 0) return null;
    return { memberIds: invitedIn(body).filter((member) => !refused.includes(member)) };
  }
  if (answering.changes !== 'message') return null;
  const parts = partsOf(answer.MsgBody);
  const custom = textOf(answer.CloudCustomData);
  if (!parts && custom === undefined) return null;
  return {
    ...parts,
    ...(custom !== undefined && { extra: { [KIND]: { CloudCustomData: custom } } }),
  };
}

function refusalIn(
  answering: Answering,
  answer: Body,
  code: number,
): { code: number; reason: string | null } | 'failed' | undefined {
  if (answering.refusedBy === 'ErrorCode') {
    return code === 0 ? undefined : { code, reason: textOf(answer.ErrorInfo) ?? null };
  }
  if (code !== 0) return 'failed';
  for (const { ResultCode, ResultInfo } of bodiesOf(answer.ResultItem) ?? []) {
    const result = wholeOf(ResultCode);
    if (result !== undefined && result !== 0) return { code: result, reason: textOf(ResultInfo) ?? null };
  }
  return undefined;
}

function invitedIn(body: Body): string[] {
  return (bodiesOf(body.DestinationMembers) ?? []).flatMap(
    ({ Member_Account }) => idOf(Member_Account) ?? [],
  );
}

function objectOf(text: string): Body | null {
  try {
    const value = parseExactly(text);
    return isBody(value) ? value : null;
  } catch {
    return null;
  }
}
