import { expect, it } from 'vitest';
import { judgeAnswer, type AnswerToJudge, type ReadRawAnswer } from './judge-answer.js';

function answered(responseBody: string | null, override: Partial<AnswerToJudge> = {}): AnswerToJudge {
  const ok = { responseStatus: 200, isResponseTruncated: false, errorClass: null, errorMessage: null };
  return { ...ok, responseBody, ...override };
}

const failed = (
  errorClass: AnswerToJudge['errorClass'],
  responseStatus: number | null = null,
): AnswerToJudge => ({
  ...{ responseStatus, errorClass, errorMessage: 'It failed.' },
  ...{ responseBody: responseStatus === null ? null : '{"decision":"deny"}', isResponseTruncated: false },
});

it.each<[string, object]>([
  ['{"decision":"allow"}', { decision: 'allow', code: null, reason: null, changes: null }],
  [
    ' {"decision":"deny","code":5001,"reason":"no","more":1}\n',
    { decision: 'deny', code: 5001, reason: 'no' },
  ],
  ['{"decision":"deny","code":null,"reason":null,"changes":null}', { decision: 'deny', changes: null }],
  ['{"decision":"allow","changes":{"text":"x"}}', { decision: 'allow', changes: null }],
  ['{"decision":"modify","changes":{"text":"x"}}', { decision: 'modify', changes: { text: 'x' } }],
  ['{"decision":"modify","changes":{}}', { decision: 'modify', changes: {} }],
  [`{"decision":"deny","reason":"${'x'.repeat(500)}"}`, { decision: 'deny', reason: 'x'.repeat(500) }],
])('takes %s for a decision', (body, decision) => {
  expect(judgeAnswer(answered(body), false)).toMatchObject({ by: 'receiver', decision });
});

it.each<[string, RegExp]>([
  ['', /empty/],
  [' \r\n', /empty/],
  ['ok', /no JSON object/],
  ['<html></html>', /no JSON object/],
  ['{"decision":"allow"', /no JSON object/],
  ['{"decision":"allow"} {}', /no JSON object/],
  ['[{"decision":"allow"}]', /no JSON object/],
  ['"allow"', /no JSON object/],
  ['null', /no JSON object/],
  ['12345678901234567890', /no JSON object/],
  ['{}', /"decision"/],
  ['{"decision":"ALLOW"}', /"decision"/],
  ['{"decision":["allow"]}', /"decision"/],
  ['{"decision":"deny","code":"5001"}', /"code"/],
  ['{"decision":"deny","code":1.5}', /"code"/],
  ['{"decision":"deny","code":12345678901234567890}', /"code"/],
  ['{"decision":"deny","reason":7}', /"reason" is no text/],
  [`{"decision":"deny","reason":"${'x'.repeat(501)}"}`, /more than 500/],
  ['{"decision":"modify"}', /without "changes"/],
  ['{"decision":"modify","changes":null}', /without "changes"/],
  ['{"decision":"modify","changes":[1]}', /"changes" is no object/],
  ['{"decision":"modify","changes":"text"}', /"changes" is no object/],
  ['{"decision":"modify","changes":12345678901234567890}', /"changes" is no object/],
])('takes %s for no decision, and says why', (body, why) => {
  expect(judgeAnswer(answered(body), false)).toEqual({
    by: 'invalid_answer',
    errorClass: 'invalid_response',
    errorMessage: expect.stringMatching(why) as string,
  });
});

it.each<[what: string, answer: AnswerToJudge, isOutOfTime: boolean, judgement: object]>([
  ['an answer of 500', failed('server_error', 500), false, { by: 'error', errorClass: 'server_error' }],
  ['a late answer of 500', failed('server_error', 500), true, { by: 'error' }],
  ['a redirect', failed('redirect', 302), false, { by: 'error', errorClass: 'redirect' }],
  ['a broken connection', failed('reset'), false, { by: 'error', errorMessage: 'It failed.' }],
  [
    'no connection in time',
    failed('connect_timeout'),
    true,
    { by: 'deadline', errorClass: 'connect_timeout' },
  ],
  ['a name that is not found in time', failed('dns'), true, { by: 'deadline', errorClass: 'dns' }],
  ['a name that is not found', failed('dns'), false, { by: 'error' }],
  ['no answer in time', failed('response_timeout'), true, { by: 'deadline' }],
  [
    'an answer that ends too early',
    answered('{"decision":"allow"}', { isResponseTruncated: true }),
    false,
    { by: 'error', errorClass: 'reset' },
  ],
  [
    'an answer that does not end in time',
    answered('{"decision":"allow"}', { isResponseTruncated: true }),
    true,
    { by: 'deadline', errorClass: 'response_timeout' },
  ],
  [
    'an answer that is too long',
    answered('x'.repeat(16_384), { isResponseTruncated: true }),
    false,
    { by: 'invalid_answer', errorClass: 'invalid_response' },
  ],
])('leaves %s to the policy', (_what, answer, isOutOfTime, judgement) => {
  expect(judgeAnswer(answer, isOutOfTime)).toMatchObject(judgement);
});

it('a receiver of an IM server’s requests may answer in its form or in ours', () => {
  const denied = {
    decision: 'deny',
    code: 5001,
    reason: null,
    changes: null,
    rawAnswer: '{"nextCode":1}',
  } as const;
  const read: ReadRawAnswer = (text) => {
    const answer = JSON.parse(text) as { nextCode?: number };
    return answer.nextCode === 1 ? denied : null;
  };
  expect(judgeAnswer(answered('{"nextCode":1}'), false, read)).toEqual({ by: 'receiver', decision: denied });
  expect(judgeAnswer(answered('{"decision":"allow"}'), false, read)).toMatchObject({ by: 'receiver' });
  expect(judgeAnswer(answered('no JSON'), false, read)).toMatchObject({ by: 'invalid_answer' });
});
