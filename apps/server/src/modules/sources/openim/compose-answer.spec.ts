import { describe, expect, it } from 'vitest';
import type { SourceDecision } from '../source-kind.js';
import { openimAdapter } from './openim.adapter.js';

const ALLOW = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 };

function answer(command: string, body: object, decision: Partial<SourceDecision>): string {
  const reading = openimAdapter.read(
    {
      ...{ method: 'POST', path: command, query: '', headers: {}, receivedAt: new Date(0) },
      body: Buffer.from(JSON.stringify(body)),
    },
    {},
  );
  if (reading.kind !== 'before') throw new Error(`${command} is ${reading.kind}`);
  expect(reading.patienceMs).toBe(4_000);
  const { status, body: text } = reading.answer({
    ...{ decision: 'allow', code: null, reason: null, changes: null, rawAnswer: null },
    ...decision,
  });
  expect(status).toBe(200);
  return text;
}

function modified(command: string, body: object, changes: Record<string, unknown>): object {
  const { actionCode, errCode, errMsg, errDlt, nextCode, ...others } = JSON.parse(
    answer(command, body, { decision: 'modify', changes }),
  ) as Record<string, unknown>;
  expect({ actionCode, errCode, errMsg, errDlt, nextCode }).toEqual(ALLOW);
  return others;
}

const MESSAGE = {
  ...{ sendID: 'u1', serverMsgID: 's1', sessionType: 1, contentType: 101, sendTime: 1_700_000_000_000 },
  ...{ content: '{"content":"hi","x":1}', ex: '', recvID: 'u2' },
};
const SEND = 'callbackBeforeSendSingleMsgCommand';

describe('a denial', () => {
  it.each([
    [7_001, 'no', 7_001, 'no'],
    [5_000, 'no', 5_001, 'no'],
    [10_000, 'no', 5_001, 'no'],
    [5_001.5, 'no', 5_001, 'no'],
    [null, null, 5_001, 'denied'],
    [9_999, ' ', 9_999, 'denied'],
    [null, '😀'.repeat(501), 5_001, '😀'.repeat(500)],
  ])('with code %s and reason %s', (code, reason, errCode, text) => {
    expect(JSON.parse(answer(SEND, MESSAGE, { decision: 'deny', code, reason }))).toEqual({
      ...{ actionCode: 0, errCode, errMsg: text, errDlt: text, nextCode: 1 },
    });
  });
});

describe('a modified message', () => {
  const modify = (changes: Record<string, unknown>, body: object = MESSAGE) =>
    modified('callbackBeforeMsgModifyCommand', body, changes);

  it.each([
    ['content as an object', { content: { content: '***' } }, { content: '{"content":"***"}' }],
    ['content as the text of an object', { content: '{"content":"*"}' }, { content: '{"content":"*"}' }],
    ['content as words', { content: '***' }, { content: '{"content":"***","x":1}' }],
    ['words', { text: '***' }, { content: '{"content":"***","x":1}' }],
    ['content before words', { text: 'a', content: { content: 'b' } }, { content: '{"content":"b"}' }],
    ['a list as content is dropped', { content: ['a'] }, {}],
    ['mentioned users', { mentionedUserIds: ['u3'] }, { atUserIDList: ['u3'] }],
    ['a nickname', { senderNickname: 'Ann' }, { senderNickname: 'Ann' }],
    ['what only OpenIM has', { extra: { openim: { ex: 'e' } } }, { ex: 'e' }],
    ['a content type by number', { contentType: 110 }, { contentType: 110 }],
    ['a notification’s type is dropped', { contentType: 1_201 }, {}],
    ['a word for a content type is dropped', { contentType: 'custom' }, {}],
    ['ids and receivers are dropped', { receiverId: 'u9', recvID: 'u9', groupID: 'g', sessionType: 3 }, {}],
    ['a push it may not have is dropped', { offlinePushInfo: { title: 'x' } }, {}],
    ['wrong types are dropped', { senderNickname: 5, mentionedUserIds: 'u3', options: { a: 1 } }, {}],
    ['unknown fields are dropped', { nothing: 1 }, {}],
  ])('%s', (_, changes, expected) => {
    expect(modify(changes)).toEqual(expected);
  });

  it('keeps its mention of everybody', () => {
    const body = { ...MESSAGE, atUserList: ['AtAllTag'] };
    expect(modify({ mentionedUserIds: ['u3'] }, body)).toEqual({ atUserIDList: ['u3', 'AtAllTag'] });
  });

  it('writes the words of a mention into its text', () => {
    const body = { ...MESSAGE, contentType: 106, content: '{"text":"@u2 hi"}' };
    expect(modify({ text: '*' }, body)).toEqual({ content: '{"text":"*"}' });
  });

  it('is not changed by a command that cannot', () => {
    expect(modified(SEND, MESSAGE, { text: '*' })).toEqual({});
  });
});

describe('other modifications', () => {
  const profile = { userID: 'u1', nickName: 'New', faceURL: null, ex: null };
  const users = [{ userID: 'u7', nickname: 'U7', faceURL: 'f', ex: '', createTime: 5 }];
  const members = [{ userID: 'u3', ex: '' }];

  it.each([
    ['callbackBeforeUpdateUserInfoCommand', profile, { avatarUrl: 'a' }, { faceURL: 'a' }],
    ['callbackBeforeUpdateUserInfoExCommand', profile, { nickname: 'N', avatarUrl: 'a' }, { nickName: 'N' }],
    [
      'callbackBeforeUpdateUserInfoExCommand',
      profile,
      { changes: { nickname: 'N', ex: 'e' } },
      { nickName: 'N' },
    ],
    ['callbackBeforeSetFriendRemarkCommand', { remark: 'a' }, { remark: 'b' }, { remark: 'b' }],
    ['callbackBeforeImportFriendsCommand', {}, { friendUserIDs: ['u3'] }, { friendUserIDs: ['u3'] }],
    ['callbackBeforeCreateGroupCommand', {}, { name: 'N', groupType: 2 }, { groupName: 'N', groupType: 2 }],
    ['callbackBeforeCreateGroupCommand', {}, { applyMemberFriend: 1, groupType: 2 ** 31 }, {}],
    [
      'callbackBeforeUserRegisterCommand',
      { users },
      { users: [{ userID: 'u7', nickname: 'X', faceURL: 5 }] },
      { users: [{ userID: 'u7', nickname: 'X', ex: '', createTime: 5 }] },
    ],
    ['callbackBeforeUserRegisterCommand', { users }, { users: [{ nickname: 'X' }] }, {}],
    [
      'callbackBeforeMembersJoinGroupCommand',
      { groupID: 'g1', memberList: members },
      {
        memberCallbackList: [
          { userID: 'u3', roleLevel: 60, muteEndTime: 1_795_965_239_476 },
          { userID: 'u9' },
        ],
      },
      { memberCallbackList: [{ userID: 'u3', roleLevel: 60, muteEndTime: 1_795_965_239_476 }] },
    ],
    [
      'callbackBeforeMembersJoinGroupCommand',
      { memberList: members },
      { memberCallbackList: [{ ex: '' }] },
      {},
    ],
    [
      'callbackBeforeOfflinePushCommand',
      { title: 'U1', desc: 'hi', iOSBadgeCount: true },
      { desc: '***', userIDList: ['u2'] },
      {
        userIDList: ['u2'],
        offlinePushInfo: {
          title: 'U1',
          desc: '***',
          ex: '',
          iOSPushSound: '',
          signalInfo: '',
          iOSBadgeCount: true,
        },
      },
    ],
    ['callbackBeforeOnlinePushCommand', {}, { userIDList: ['u2'] }, {}],
    ['callbackBeforeCreateGroupChatConversationsCommand', {}, { isPinned: true, ex: 1 }, { isPinned: true }],
  ])('%s', (command, body, changes, expected) => {
    expect(modified(command, body, changes)).toEqual(expected);
  });
});

describe('the fields that OpenIM overwrites', () => {
  const SET = 'callbackBeforeSetGroupInfoCommand';
  const SET_EX = 'callbackBeforeSetGroupInfoExCommand';
  const body = {
    ...{ groupID: 'g1', groupName: 'New', notification: 'n', introduction: '', faceURL: 'f' },
    ...{ ex: '', needVerification: 0, lookMemberInfo: 0, applyMemberFriend: 0 },
  };
  const bodyEx = {
    ...{ groupID: 'g1', groupName: 'New', notification: 'n', introduction: null, faceURL: null },
    ...{ ex: null, needVerification: 2, lookMemberInfo: null, applyMemberFriend: null },
  };
  const four = { groupID: 'g1', groupName: 'New', faceURL: 'f', introduction: '' };
  const eight = {
    ...{ groupID: 'g1', groupName: 'New', faceURL: null, introduction: null },
    ...{ ex: null, needVerification: 2, lookMemberInfo: null, applyMemberFriend: null },
  };

  it.each([
    ['four of the older command', SET, body, {}, four],
    ['eight of the newer one, null as null', SET_EX, bodyEx, {}, eight],
    ['with a change', SET, body, { name: 'X', groupId: 'g9' }, { ...four, groupName: 'X' }],
    ['with a setting', SET, body, { changes: { needVerification: 1 } }, { ...four, needVerification: 1 }],
    [
      'with a change of what was not to change',
      SET_EX,
      bodyEx,
      { changes: { ex: 'e' } },
      { ...eight, ex: 'e' },
    ],
  ])('are repeated: %s', (_, command, request, changes, expected) => {
    expect(modified(command, request, changes)).toEqual(expected);
  });

  it.each([
    ['a bare allow', SET, '{}', { ...four }],
    [
      'one that repeats some, in any case',
      SET,
      '{"GROUPID":"g1","groupName":"X"}',
      { GROUPID: 'g1', groupName: 'X', faceURL: 'f', introduction: '' },
    ],
    ['null, which would empty', SET, '{"groupName":null}', { ...four }],
    [
      'null, which changes nothing',
      SET_EX,
      '{"groupID":"g1","groupName":null}',
      { ...eight, groupName: null },
    ],
  ])('are added to a receiver’s own answer: %s', (_, command, rawAnswer, expected) => {
    const request = command === SET ? body : bodyEx;
    expect(JSON.parse(answer(command, request, { rawAnswer }))).toEqual(expected);
  });
});

describe('a receiver’s own answer', () => {
  it('is passed on byte for byte', () => {
    const rawAnswer = ' {"actionCode":0, "nextCode":1,"errCode":5001,"errMsg":"\\u003c"}\n';
    expect(answer(SEND, MESSAGE, { decision: 'allow', rawAnswer })).toBe(rawAnswer);
  });

  it.each(['', 'OK', '[]', 'true', '<html>', '{"nextCode":"0"}', '{"nextCode":0} x', '\uFEFF{}'])(
    'that is none is replaced by that of the decision: %s',
    (rawAnswer) => {
      expect(JSON.parse(answer(SEND, MESSAGE, { decision: 'deny', rawAnswer }))).toMatchObject({
        nextCode: 1,
      });
      expect(JSON.parse(answer(SEND, MESSAGE, { decision: 'allow', rawAnswer }))).toEqual(ALLOW);
    },
  );
});
