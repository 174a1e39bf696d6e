import { expect, it } from 'vitest';
import { tencentEvents, tencentPayloads } from '../../../testing/tencent-requests.js';

const TEXT = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Is the review still on?' } }];

const SENT = {
  CallbackCommand: 'C2C.CallbackAfterSendMsg',
  From_Account: 'wang',
  To_Account: 'ann',
  MsgSeq: 1_803_417_312,
  MsgRandom: 61_204,
  MsgTime: 1_764_489_600,
  MsgKey: '1803417312_61204_1764489600',
  MsgId: '144115231469886159-1764489600-61204',
  OnlineOnlyFlag: 0,
  SendMsgResult: 0,
  ErrorInfo: 'send msg succeed',
  UnreadMsgNum: 3,
  MsgBody: TEXT,
  CloudCustomData: '{"level":3}',
  EventTime: 1_764_489_600_123,
};

const SENT_TO_GROUP = {
  CallbackCommand: 'Group.CallbackAfterSendMsg',
  GroupId: '@TGS#1GROUP',
  Type: 'Public',
  From_Account: 'wang',
  Operator_Account: 'admin',
  Random: 77,
  MsgSeq: 412,
  MsgId: '144115231469886159-1764489601-77',
  MsgTime: 1_764_489_601,
  OnlineOnlyFlag: 0,
  MsgBody: TEXT,
  GroupAtInfo: [{ GroupAtAllFlag: 0, GroupAt_Account: 'ann' }, { GroupAtAllFlag: 1 }],
  EventTime: '1764489601456',
};

it('a one-to-one message becomes message.sent, what has no field stays in extra', () => {
  const [event] = tencentEvents(SENT.CallbackCommand, SENT, { OptPlatform: 'iOS', ClientIP: '198.51.100.7' });
  expect(JSON.parse(event?.payload ?? '')).toEqual({
    messageId: '1803417312_61204_1764489600',
    clientMessageId: '144115231469886159-1764489600-61204',
    conversationId: 'c2c_ann_wang',
    conversationType: 'single',
    senderId: 'wang',
    senderPlatform: 'ios',
    receiverId: 'ann',
    contentType: 'text',
    content: { Text: 'Is the review still on?' },
    text: 'Is the review still on?',
    status: 'normal',
    sentAt: '2025-11-30T08:00:00.000Z',
    extra: {
      'tencent-im': {
        MsgSeq: 1_803_417_312,
        MsgRandom: 61_204,
        OnlineOnlyFlag: 0,
        SendMsgResult: 0,
        ErrorInfo: 'send msg succeed',
        UnreadMsgNum: 3,
        CloudCustomData: '{"level":3}',
        OptPlatform: 'iOS',
        ClientIP: '198.51.100.7',
      },
    },
  });
  expect(event).toMatchObject({
    event: 'message.sent',
    conversationId: 'c2c_ann_wang',
    occurredAt: new Date(1_764_489_600_123),
    repeat: { withinMs: null },
  });
});

it('a group message becomes message.sent, its id made of what the vendor names it by', () => {
  const [event] = tencentPayloads(SENT_TO_GROUP.CallbackCommand, SENT_TO_GROUP);
  expect(event).toMatchObject({
    event: 'message.sent',
    payload: {
      messageId: '@TGS#1GROUP_412',
      clientMessageId: '144115231469886159-1764489601-77',
      conversationId: '@TGS#1GROUP',
      conversationType: 'group',
      groupId: '@TGS#1GROUP',
      mentionedUserIds: ['ann'],
      seq: 412,
      sentAt: '2025-11-30T08:00:01.000Z',
    },
  });
});

it('a message in a topic belongs to the conversation of the topic', () => {
  const TopicId = '@TGS#_1COMMUNITY@TOPIC#_plans';
  const [event] = tencentPayloads(SENT_TO_GROUP.CallbackCommand, { ...SENT_TO_GROUP, TopicId });
  expect(event?.payload).toMatchObject({
    messageId: `${TopicId}_412`,
    conversationId: TopicId,
    groupId: '@TGS#1GROUP',
  });
});

it.each([
  ['TIMImageElem', { UUID: 'u1', ImageInfoArray: [] }, 'image'],
  ['TIMSoundElem', { Url: 'https://files.example.com/1', Second: 3 }, 'audio'],
  ['TIMVideoFileElem', { VideoUUID: 'v1' }, 'video'],
  ['TIMFileElem', { FileName: 'plan.pdf' }, 'file'],
  ['TIMLocationElem', { Desc: 'here', Latitude: 29.34, Longitude: 116.77 }, 'location'],
  ['TIMCustomElem', { Data: 'x', Desc: 'y' }, 'custom'],
  ['TIMRelayElem', { Title: 't' }, 'merge'],
  ['TIMFaceElem', { Index: 1, Data: 'smile' }, 'face'],
  ['TIMOfAnotherKind', { a: 1 }, 'TIMOfAnotherKind'],
])('an element %s alone is content %j of kind %s', (MsgType, MsgContent, contentType) => {
  const MsgBody = [{ MsgType, MsgContent }];
  const [event] = tencentPayloads(SENT.CallbackCommand, { ...SENT, MsgBody });
  expect(event?.payload).toMatchObject({ contentType, content: MsgContent });
  expect(event?.payload).not.toHaveProperty('text');
});

it('several elements are one combined message whose texts are joined', () => {
  const MsgBody = [
    { MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } },
    { MsgType: 'TIMFaceElem', MsgContent: { Index: 1 } },
    { MsgType: 'TIMTextElem', MsgContent: { Text: ' world' } },
  ];
  const [event] = tencentPayloads(SENT.CallbackCommand, { ...SENT, MsgBody });
  expect(event?.payload).toMatchObject({ contentType: 'combined', content: MsgBody, text: 'hello world' });
});

it('an edited one-to-one message becomes message.edited with who edited it', () => {
  const body = { ...SENT, CallbackCommand: 'C2C.CallbackAfterModifyMsg', Operator_Account: 'ann' };
  const [event] = tencentPayloads(body.CallbackCommand, body, { OptPlatform: 'Web' });
  expect(event).toMatchObject({
    event: 'message.edited',
    payload: {
      messageId: SENT.MsgKey,
      status: 'edited',
      editedAt: '2025-11-30T08:00:00.123Z',
      operatorId: 'ann',
    },
  });
  expect(event?.payload).not.toHaveProperty('senderPlatform');
});

it('a message that could not be delivered is no message.sent', () => {
  const body = { ...SENT, SendMsgResult: 20_009, ErrorInfo: 'not friends' };
  expect(tencentPayloads(body.CallbackCommand, body)).toEqual([
    { event: 'tencent-im.C2C.CallbackAfterSendMsg', payload: body },
  ]);
});

it.each([
  ['C2C.CallbackAfterSendMsg', { ...SENT, MsgKey: undefined }],
  ['C2C.CallbackAfterSendMsg', { ...SENT, MsgTime: undefined }],
  ['C2C.CallbackAfterSendMsg', { ...SENT, MsgBody: [] }],
  ['C2C.CallbackAfterSendMsg', { ...SENT, MsgBody: 'text' }],
  [
    'C2C.CallbackAfterMsgWithDraw',
    { From_Account: 'wang', To_Account: 'ann', MsgKey: '1_2_3', UnreadMsgNum: 7 },
  ],
  [
    'Group.CallbackAfterModifyMsg',
    {
      MsgBody: TEXT,
      Operator_Account: 'ann',
      GroupId: 'g1',
      TopicId: '',
      MsgSeq: 53,
      EventTime: 1_764_489_600_000,
    },
  ],
  [
    'Group.CallbackAfterRecallMsg',
    {
      Operator_Account: 'admin',
      GroupId: 'g1',
      MsgSeqList: [{ MsgSeq: 130 }, { MsgSeq: 131 }],
      EventTime: '1764489600000',
    },
  ],
])('%s without a field that the catalogue requires is one event with the original body', (command, body) => {
  const [event, ...others] = tencentEvents(command, body);
  expect(others).toEqual([]);
  expect(event?.event).toBe(`tencent-im.${command}`);
  expect(JSON.parse(event?.payload ?? '')).toEqual(JSON.parse(JSON.stringify(body)));
  expect(event?.conversationId).not.toBeNull();
});

it('a recall that names all of the message becomes message.revoked', () => {
  const body = { ...SENT, CallbackCommand: 'C2C.CallbackAfterMsgWithDraw', Operator_Account: 'wang' };
  expect(tencentPayloads(body.CallbackCommand, body)).toMatchObject([
    { event: 'message.revoked', payload: { status: 'revoked', revokedAt: '2025-11-30T08:00:00.123Z' } },
  ]);
});

it('a message to a bot becomes bot.message, a mention of two bots two of them', () => {
  expect(tencentPayloads('Bot.OnC2CMessage', { ...SENT, To_Account: '@RBT#001' })).toMatchObject([
    {
      event: 'bot.message',
      payload: { botId: '@RBT#001', isMentioned: false, message: { messageId: SENT.MsgKey } },
    },
  ]);
  const AtRobots_Account = ['@RBT#001', '@RBT#002'];
  expect(tencentPayloads('Bot.OnGroupMessage', { ...SENT_TO_GROUP, AtRobots_Account })).toMatchObject([
    { event: 'bot.message', payload: { botId: '@RBT#001', isMentioned: true, message: { seq: 412 } } },
    { event: 'bot.message', payload: { botId: '@RBT#002', isMentioned: true } },
  ]);
});

it('numbers beyond 2^53 come out to the digit, as ids and in what is kept', () => {
  const text =
    '{"From_Account":9007199254740993,"To_Account":"ann","MsgKey":"1_2_3","MsgTime":1764489600,' +
    '"MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":12345678901234567890}}],"MsgRandom":9007199254740993}';
  const [event] = tencentEvents('C2C.CallbackAfterSendMsg', text);
  expect(event?.event).toBe('message.sent');
  expect(event?.payload).toContain('"senderId":"9007199254740993"');
  expect(event?.payload).toContain('"content":{"Data":12345678901234567890}');
  expect(event?.payload).toContain('"MsgRandom":9007199254740993');
});

it('a conversation that could not be stored is none', () => {
  const body = { ...SENT, From_Account: 'x'.repeat(300) };
  const [event] = tencentEvents(body.CallbackCommand, body);
  expect(event).toMatchObject({ event: 'tencent-im.C2C.CallbackAfterSendMsg', conversationId: null });
});
