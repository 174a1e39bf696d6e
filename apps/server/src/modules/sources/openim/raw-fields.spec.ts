import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findCommand, OPENIM_COMMANDS } from './mapping/commands.js';
import { openimAdapter } from './openim.adapter.js';
import { UNCHANGEABLE } from './raw-fields.js';

interface KnownCommand {
  command: string;
  phase: string;
  responseFields: string[];
  exampleRequest: object;
}

const KNOWN = JSON.parse(
  readFileSync(new URL('fixtures/commands.json', import.meta.url), 'utf8'),
) as KnownCommand[];

/** What OpenIM is answered, and what the log says, when the receiver answers so. */
function pass(name: string, text: string) {
  const command = `callback${name}Command`;
  const body = KNOWN.find((each) => each.command === command)?.exampleRequest;
  const reading = openimAdapter.read(
    {
      ...{ method: 'POST', path: command, query: '', headers: {}, receivedAt: new Date(0) },
      body: Buffer.from(JSON.stringify(body ?? {})),
    },
    {},
  );
  if (reading.kind !== 'before') throw new Error(`${command} is ${reading.kind}`);
  const decision = reading.readRawAnswer?.(text);
  if (!decision) throw new Error(`${text} is no answer`);
  return { answer: reading.answer(decision).body, decision: decision.decision };
}

it.each(KNOWN.filter(({ phase }) => phase === 'before'))(
  'everything that OpenIM reads in an answer to $command is known',
  ({ command, responseFields }) => {
    const { changes = [], echo = [] } = findCommand(command) ?? {};
    const known = [...changes.map(({ name }) => name), ...echo, ...(UNCHANGEABLE[command] ?? [])];
    expect([...new Set(known)].toSorted()).toEqual(responseFields.toSorted());
  },
);

it('only commands of the table have fields that may not change', () => {
  const names = OPENIM_COMMANDS.map(({ command }) => command);
  expect(names).toEqual(expect.arrayContaining(Object.keys(UNCHANGEABLE)));
});

describe('an answer is passed on byte for byte', () => {
  it.each([
    ['BeforeMsgModify', ' { "content":"{\\"content\\":\\"*\\"}", "atUserIDList":[] }\n', 'modify'],
    ['BeforeMsgModify', '{"CONTENT":"{}","Ex":"e","options":{"history":false},"contentType":110}', 'modify'],
    ['BeforeMsgModify', '{"content":null,"recvid2":1.50}', 'allow'],
    [
      'BeforeOfflinePush',
      '{"userIDList":["u2"],"offlinePushInfo":{"title":"t","iOSBadgeCount":null}}',
      'modify',
    ],
    [
      'BeforeUserRegister',
      '{"users":[{"userid":"u1","createTime":1795965239476,"appMangerLevel":2}]}',
      'modify',
    ],
    ['BeforeUpdateUserInfoEx', '{"nickName":"N","faceURL":null}', 'modify'],
    ['BeforeMembersJoinGroup', '{"memberCallbackList":[{"userID":"u2","roleLevel":60}]}', 'modify'],
    ['BeforeCreateSingleChatConversations', '{"isPinned":true,"burnDuration":30}', 'modify'],
    ['BeforeSetFriendRemark', '{"actionCode":1,"nextCode":1,"remark":"r"}', 'modify'],
    ['BeforeAddBlack', '{"newField":{"a":[1]}}', 'allow'],
    ['BeforeNeverHeardOf', '{"anything":{"a":[1]}}', 'allow'],
    ['BeforeMsgModify', '{"nextCode":1,"content":5,"recvID":"u9"}', 'deny'],
  ])('%s: %s', (name, text, decision) => {
    expect(pass(name, text)).toEqual({ answer: text, decision });
  });
});

describe('a field is left out', () => {
  it.each([
    ['of the wrong type', 'BeforeMsgModify', { content: 5, senderNickname: 1, ex: 'e' }, { ex: 'e' }],
    ['a text that is no content', 'BeforeMsgModify', { content: 'words' }, {}],
    ['a list as content', 'BeforeMsgModify', { content: '["a"]' }, {}],
    ['a notification’s type', 'BeforeMsgModify', { contentType: 1_201 }, {}],
    ['a broken number', 'BeforeMsgModify', { contentType: 101.5 }, {}],
    ['mentions that are no texts', 'BeforeMsgModify', { atUserIDList: ['u1', 2] }, {}],
    ['options that are no flags', 'BeforeMsgModify', { options: { history: 1 } }, {}],
    ['who gets the message', 'BeforeMsgModify', { recvID: 'u9', GROUPID: 'g9', sessionType: 3 }, {}],
    ['ids and states', 'BeforeMsgModify', { serverMsgID: 's', clientMsgID: 'c', status: 4, msgFrom: 1 }, {}],
    ['a push that OpenIM may crash over', 'BeforeMsgModify', { offlinePushInfo: { title: 't' } }, {}],
    ['a push of wrong parts', 'BeforeOfflinePush', { offlinePushInfo: { title: 5 } }, {}],
    [
      'a push that is a text',
      'BeforeOfflinePush',
      { offlinePushInfo: 'x', userIDList: ['u2'] },
      { userIDList: ['u2'] },
    ],
    ['what OpenIM ignores', 'BeforeOnlinePush', { userIDList: ['u2'], offlinePushInfo: 5 }, {}],
    ['users without an id', 'BeforeUserRegister', { users: [{ nickname: 'N' }] }, {}],
    [
      'users of wrong parts',
      'BeforeUserRegister',
      { users: [{ userID: 'u1', appMangerLevel: 2 ** 31 }] },
      {},
    ],
    ['users that are none', 'BeforeUserRegister', { users: { userID: 'u1' } }, {}],
    [
      'what was not to change',
      'BeforeUpdateUserInfoEx',
      { nickName: 'N', faceURL: 'f', ex: 'e' },
      { nickName: 'N' },
    ],
    ['a member without an id', 'BeforeMembersJoinGroup', { memberCallbackList: [{ ex: 'e' }] }, {}],
    [
      'a member who does not join',
      'BeforeMembersJoinGroup',
      { memberCallbackList: [{ userID: 'u2' }, { userID: 'u9' }] },
      {},
    ],
    ['a flag that is a number', 'BeforeCreateGroupChatConversations', { isPinned: 1, ex: 'e' }, { ex: 'e' }],
    ['a number that is a text', 'BeforeCreateGroup', { groupType: '2', applyMemberFriend: 1 }, {}],
    ['friends that are no list', 'BeforeImportFriends', { friendUserIDs: 'u3' }, {}],
    ['refused members', 'BeforeInviteJoinGroup', { refusedMembersAccount: 'u3' }, {}],
  ])('%s (%s)', (_, name, fields, left) => {
    const { answer, decision } = pass(name, JSON.stringify({ errCode: 0, ...fields, unknown: 1 }));
    expect(answer).toBe(JSON.stringify({ errCode: 0, ...left, unknown: 1 }));
    expect(decision).toBe(Object.keys(left).length > 0 ? 'modify' : 'allow');
  });

  it.each([
    [
      'another group',
      'BeforeSetGroupInfo',
      { groupID: 'g9', groupName: 'N' },
      { groupName: 'N', groupID: 'g1' },
    ],
    ['a name of the wrong type', 'BeforeSetGroupInfo', { groupName: 5 }, { groupID: 'g1', groupName: 'G2' }],
    [
      'the announcement',
      'BeforeSetGroupInfoEx',
      { notification: 5, groupID: 'g1' },
      { groupID: 'g1', groupName: 'G2' },
    ],
  ])('and what OpenIM overwrites is repeated: %s', (_, name, fields, beginning) => {
    const others = {
      faceURL: name.endsWith('Ex') ? null : '',
      introduction: name.endsWith('Ex') ? null : '',
    };
    const answer = JSON.parse(pass(name, JSON.stringify(fields)).answer) as object;
    expect(answer).toMatchObject({ ...beginning, ...others });
    expect(answer).not.toHaveProperty('notification');
  });
});
