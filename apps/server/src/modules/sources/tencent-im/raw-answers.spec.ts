import { expect, it } from 'vitest';
import { C2C, INVITE, ADD } from '../../../testing/tencent-questions.js';
import { tencentBefore } from '../../../testing/tencent-requests.js';
import type { SourceDecision } from '../source-kind.js';

const ALLOWED = '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}';
const DENY: SourceDecision = { decision: 'deny', code: null, reason: null, changes: null, rawAnswer: null };

it.each([
  [C2C, ALLOWED, { decision: 'allow', code: null }],
  [
    C2C,
    '{"ActionStatus":"OK","ErrorInfo":"spam","ErrorCode":1}',
    { decision: 'deny', code: 1, reason: 'spam' },
  ],
  [
    C2C,
    '{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"*"}}]}',
    { decision: 'modify', changes: { contentType: 'text', content: { Text: '*' }, text: '*' } },
  ],
  [
    C2C,
    '{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"CloudCustomData":"ours"}',
    { decision: 'modify', changes: { extra: { 'tencent-im': { CloudCustomData: 'ours' } } } },
  ],
])(
  'the answer of a receiver written for Tencent to %j is understood and passed on as it is',
  (body, text, expected) => {
    const { answer, readRawAnswer } = tencentBefore('C2C.CallbackBeforeSendMsg', body);
    const decision = readRawAnswer?.(text);
    expect(decision).toMatchObject({ ...expected, rawAnswer: text });
    expect(answer(decision ?? DENY).body).toBe(text);
  },
);

it('such an answer to an invitation or to a friend request is understood too', () => {
  const invite = tencentBefore('Group.CallbackBeforeInviteJoinGroup', INVITE);
  expect(
    invite.readRawAnswer?.(
      '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","RefusedMembers_Account":["bob"]}',
    ),
  ).toMatchObject({ decision: 'modify', changes: { memberIds: ['cyd'] } });
  const add = tencentBefore('Sns.CallbackPrevFriendAdd', ADD);
  expect(
    add.readRawAnswer?.(
      '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[{"To_Account":"bob","ResultCode":38001,"ResultInfo":"no"}]}',
    ),
  ).toMatchObject({ decision: 'deny', code: 38_001, reason: 'no' });
});

it.each([
  'not JSON',
  '[]',
  'null',
  '{}',
  '{"ErrorCode":0}',
  '{"ActionStatus":"OK"}',
  '{"ActionStatus":"FAIL","ErrorCode":0,"ErrorInfo":""}',
  '{"ActionStatus":"OK","ErrorCode":"one"}',
  '{"decision":"deny"}',
])('%s is no answer of Tencent’s form: the decision beside it counts', (rawAnswer) => {
  const { answer, readRawAnswer } = tencentBefore('C2C.CallbackBeforeSendMsg', C2C);
  expect(readRawAnswer?.(rawAnswer)).toBeNull();
  expect(JSON.parse(answer({ ...DENY, rawAnswer }).body)).toMatchObject({ ErrorCode: 1 });
});

it('an ErrorCode to a friend request says that the receiver failed', () => {
  const { readRawAnswer } = tencentBefore('Sns.CallbackPrevFriendAdd', ADD);
  expect(readRawAnswer?.('{"ActionStatus":"OK","ErrorCode":1,"ErrorInfo":"down"}')).toBeNull();
});
