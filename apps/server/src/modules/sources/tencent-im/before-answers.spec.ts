import { expect, it } from 'vitest';
import { C2C, GROUP, APPLY, INVITE, CREATE, ADD } from '../../../testing/tencent-questions.js';
import { tencentBefore, tencentRequest } from '../../../testing/tencent-requests.js';
import type { SourceDecision } from '../source-kind.js';
import { BEFORE_COMMANDS } from './before-commands.js';
import { tencentAdapter } from './tencent.adapter.js';

const ALLOWED = '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}';
const ALLOW: SourceDecision = { decision: 'allow', code: null, reason: null, changes: null, rawAnswer: null };
const DENY: SourceDecision = { ...ALLOW, decision: 'deny' };

it('every command with an answer of one code is allowed with exactly that answer', () => {
  for (const { command, answer } of BEFORE_COMMANDS) {
    if (answer.refusedBy !== 'ErrorCode') continue;
    expect(tencentBefore(command, {}).answer(ALLOW)).toEqual({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: ALLOWED,
    });
  }
});

it.each([
  ['C2C.CallbackBeforeSendMsg', C2C, null, 1],
  ['C2C.CallbackBeforeSendMsg', C2C, 2, 2],
  ['C2C.CallbackBeforeSendMsg', C2C, 120_001, 120_001],
  ['C2C.CallbackBeforeSendMsg', C2C, 130_000, 130_000],
  ['C2C.CallbackBeforeSendMsg', C2C, 130_001, 1],
  ['C2C.CallbackBeforeSendMsg', C2C, 0, 1],
  ['Group.CallbackBeforeSendMsg', GROUP, 2, 2],
  ['Group.CallbackBeforeSendMsg', GROUP, 10_100, 10_100],
  ['Group.CallbackBeforeSendMsg', GROUP, 120_001, 1],
  ['Group.CallbackBeforeApplyJoinGroup', APPLY, 10_200, 10_200],
  ['Group.CallbackBeforeApplyJoinGroup', APPLY, 2, 1],
  ['Group.CallbackBeforeInviteJoinGroup', INVITE, null, 1],
  ['Group.CallbackBeforeCreateGroup', CREATE, 10_150, 10_150],
  ['Group.CallbackBeforeCreateTopic', {}, 99, 1],
  ['Live.CallbackBeforeSendGift', {}, 10_100, 1],
])('%s denied with %j and code %j answers ErrorCode %i', (command, body, code, ErrorCode) => {
  const answer = tencentBefore(command, body).answer({ ...DENY, code, reason: 'no adverts' });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({ ActionStatus: 'OK', ErrorCode, ErrorInfo: 'no adverts' });
});

it('friend requests are answered one by one, since an ErrorCode would be ignored', () => {
  const both = { ...ADD, FriendItem: [{ To_Account: 'bob' }, { To_Account: 'cyd' }] };
  const { answer } = tencentBefore('Sns.CallbackPrevFriendAdd', both);
  const results = (ResultCode: number, ResultInfo: string) => ({
    ActionStatus: 'OK',
    ErrorCode: 0,
    ErrorInfo: '',
    ResultItem: ['bob', 'cyd'].map((To_Account) => ({ To_Account, ResultCode, ResultInfo })),
  });
  expect(JSON.parse(answer(ALLOW).body)).toEqual(results(0, ''));
  expect(JSON.parse(answer(DENY).body)).toEqual(results(38_000, ''));
  expect(JSON.parse(answer({ ...DENY, code: 38_500, reason: 'blocked' }).body)).toEqual(
    results(38_500, 'blocked'),
  );
  expect(JSON.parse(answer({ ...DENY, code: 5 }).body)).toEqual(results(38_000, ''));
  const request = tencentRequest('Sns.CallbackPrevFriendAdd', both);
  expect(JSON.parse(tencentAdapter.allow(request).body)).toEqual(results(0, ''));
});

it('a long reason is shortened', () => {
  const answer = tencentBefore('C2C.CallbackBeforeSendMsg', C2C).answer({
    ...DENY,
    reason: 'x'.repeat(100_000),
  });
  expect(answer.body.length).toBeLessThan(1_000);
});

const combined = {
  ...C2C,
  MsgBody: [
    { MsgType: 'TIMTextElem', MsgContent: { Text: 'buy' } },
    { MsgType: 'TIMFaceElem', MsgContent: { Index: 1 } },
    { MsgType: 'TIMTextElem', MsgContent: { Text: ' now' } },
  ],
};
const image = { ...C2C, MsgBody: [{ MsgType: 'TIMImageElem', MsgContent: { UUID: 'u' } }] };

it.each([
  [C2C, { text: '***' }, { MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: '***' } }] }],
  [
    C2C,
    { content: { Text: 'x', By: 'us' } },
    { MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'x', By: 'us' } }] },
  ],
  [
    C2C,
    { contentType: 'custom', content: { Data: 'd' } },
    { MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: 'd' } }] },
  ],
  [C2C, { content: combined.MsgBody }, { MsgBody: combined.MsgBody }],
  [
    combined,
    { text: '***' },
    { MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: '***' } }, combined.MsgBody[1]] },
  ],
  [C2C, { extra: { 'tencent-im': { CloudCustomData: 'ours' } } }, { CloudCustomData: 'ours' }],
  [image, { text: 'no text element' }, {}],
  [combined, { content: { Text: 'which one?' } }, {}],
  [C2C, { content: 'text', senderId: 'u9', MsgBody: [] }, {}],
  [C2C, { content: [{ MsgType: 'TIMTextElem' }] }, {}],
])('of a message %j the change %j becomes %j', (body, changes, fields) => {
  const answer = tencentBefore('C2C.CallbackBeforeSendMsg', body).answer({
    ...ALLOW,
    decision: 'modify',
    changes,
  });
  expect(JSON.parse(answer.body)).toEqual({ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', ...fields });
});

it('of an invitation those who are no longer members are refused; other commands change nothing', () => {
  const changes = { memberIds: ['cyd'] };
  const invite = tencentBefore('Group.CallbackBeforeInviteJoinGroup', INVITE);
  expect(JSON.parse(invite.answer({ ...ALLOW, decision: 'modify', changes }).body)).toMatchObject({
    ErrorCode: 0,
    RefusedMembers_Account: ['bob'],
  });
  const apply = tencentBefore('Group.CallbackBeforeApplyJoinGroup', APPLY);
  expect(apply.answer({ ...ALLOW, decision: 'modify', changes }).body).toBe(ALLOWED);
});
