import { readdirSync, readFileSync } from 'node:fs';
import { findEvent } from '@im/contracts/events/catalogue';
import { describe, expect, it } from 'vitest';
import type { SourceReading, SourceRequest } from '../source-kind.js';
import { openimAdapter } from './openim.adapter.js';

const FIXTURES = new URL('fixtures/', import.meta.url);
const RECEIVED_AT = new Date('2026-11-29T10:00:00Z');
const ALLOW = '{"actionCode":0,"errCode":0,"errMsg":"","errDlt":"","nextCode":0}';
const ORIGINAL = 'the original body';

interface Recording {
  method: string;
  path: string;
  headers: [string, string][];
  bodyBase64: string;
}

interface ExpectedEvent {
  event: string;
  conversationId: string | null;
  occurredAt?: string | null;
  repeatKey?: string | null;
  payload: unknown;
}

interface Expected {
  command: string;
  events?: ExpectedEvent[];
  question?: ExpectedEvent;
  echo?: Record<string, unknown>;
}

interface KnownCommand {
  command: string;
  phase: 'before' | 'after';
  exampleRequest: Record<string, unknown>;
}

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8'));
}

function request(path: string, body: unknown, others: Partial<SourceRequest> = {}): SourceRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method: 'POST',
    path,
    query: '',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: Buffer.from(text),
    receivedAt: RECEIVED_AT,
    ...others,
  };
}

function recorded({ method, path, headers, bodyBase64 }: Recording): SourceRequest {
  const [before = '', query = ''] = path.split('?');
  return {
    method,
    path: before.replace('/in/openim/TOKEN/', ''),
    query,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(bodyBase64, 'base64'),
    receivedAt: RECEIVED_AT,
  };
}

function read(source: SourceRequest): SourceReading {
  return openimAdapter.read(source, {});
}

function eventsOf(source: SourceRequest) {
  const reading = read(source);
  return reading.kind === 'events' ? reading.events : [];
}

function payloadOf(event: string, payload: string, body: Buffer): unknown {
  if (!event.startsWith('openim.')) return JSON.parse(payload);
  return payload === body.toString().trim() ? ORIGINAL : payload;
}

/** What a reading says, as the file of expected readings has it. */
function summaryOf(source: SourceRequest): Expected | SourceReading {
  const reading = read(source);
  if (reading.kind === 'events') {
    return {
      command: reading.command,
      events: reading.events.map(({ event, conversationId, occurredAt, repeat, payload }) => ({
        event,
        conversationId,
        occurredAt: occurredAt?.toISOString() ?? null,
        repeatKey: repeat?.key ?? null,
        payload: payloadOf(event, payload, source.body),
      })),
    };
  }
  if (reading.kind !== 'before') return reading;
  const { event, conversationId, payload } = reading.question;
  const answer = JSON.parse(openimAdapter.allow(source).body) as Record<string, unknown>;
  return {
    command: reading.command,
    question: { event, conversationId, payload: payloadOf(event, payload, source.body) },
    echo: Object.fromEntries(Object.entries(answer).slice(5)),
  };
}

const recordings = readdirSync(new URL('recordings/', FIXTURES)).map((file) => ({
  file,
  source: recorded(fixture(`recordings/${file}`) as Recording),
}));
const readings = fixture('readings.json') as Record<string, Expected>;
const commands = fixture('commands.json') as KnownCommand[];

describe('a recorded request', () => {
  it.each(recordings)('$file is read as documented', ({ file, source }) => {
    expect(summaryOf(source)).toEqual(readings[file.slice(0, 4)]);
  });

  it.each(recordings)('$file is passed to raw receivers as it came', ({ source }) => {
    expect(openimAdapter.redact(source)).toBe(source);
    expect(openimAdapter.appended(source)).toEqual({ pathSuffix: source.path, query: source.query || null });
  });

  it.each(recordings)('$file is allowed by a JSON object with status 200', ({ source }) => {
    const answer = openimAdapter.allow(source);
    expect(answer).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
    expect(JSON.parse(answer.body)).toMatchObject(JSON.parse(ALLOW) as object);
    expect(openimAdapter.unavailable(source)).toEqual(answer);
  });

  it('fits the schema of each catalogue event that it becomes', () => {
    const events = recordings.flatMap(({ source }) => eventsOf(source));
    for (const { event, data } of events) {
      expect(findEvent(event)?.schema.safeParse(data).success ?? event.startsWith('openim.')).toBe(true);
    }
    expect(events.length).toBeGreaterThan(30);
  });
});

describe('every command', () => {
  it.each(commands)(
    '$command is understood in all forms of the address',
    ({ command, phase, exampleRequest }) => {
      const expected = { kind: phase === 'before' ? 'before' : 'events', command };
      const upper = command.toUpperCase();
      expect(read(request(command, exampleRequest))).toMatchObject(expected);
      expect(read(request('', exampleRequest, { query: `command=${command}` }))).toMatchObject(expected);
      expect(read(request('', exampleRequest))).toMatchObject(expected);
      expect(read(request(`callbackExample/${command}`, exampleRequest))).toMatchObject(expected);
      expect(read(request(upper, exampleRequest))).toMatchObject({ ...expected, command: upper });
    },
  );
});

describe('names of older versions', () => {
  const presence = { operationID: 'p', platformID: 1, platform: 'IOS', userID: 'u1', seq: 1_700_000_000_000 };
  const member = { groupID: 'g1', userID: 'u3', ex: '', groupEx: '' };

  it.each([
    ['callbackUserOnlineCommand', presence, 'user.online'],
    ['callbackUserOfflineCommand', presence, 'user.offline'],
    ['CallbackAfterJoinGroupCommand', { groupID: 'g1', inviterUserID: 'u5' }, 'group.member.joined'],
    ['callbackKillGroupCommand', { groupID: 'g1', kickedUserIDs: ['u3'] }, 'group.member.kicked'],
    ['callbackQuitGroupCommand', member, 'group.member.left'],
    ['callbackTransferGroupOwnerAfter', { groupID: 'g1', newOwnerUserID: 'u2' }, 'group.owner.changed'],
    ['callbackGroupMsgReadCommand', { sendID: 'u1' }, 'openim.callbackAfterGroupMsgReadCommand'],
    ['callbackAfterSetFriendRemark', { remark: 'x' }, 'openim.callbackAfterSetFriendRemarkCommand'],
  ])('%s', (command, body, event) => {
    expect(eventsOf(request(command, body)).map((each) => each.event)).toEqual([event]);
  });

  it.each([
    ['callbackMsgModifyCommand', { sendID: 'u1' }, 'openim.callbackBeforeMsgModifyCommand'],
    ['callbackSuperGroupOnlinePushCommand', {}, 'openim.callbackBeforeGroupOnlinePushCommand'],
    ['callbackBeforeMemberJoinGroupCommand', member, 'group.member.joined'],
  ])('%s asks', (command, body, event) => {
    expect(read(request(command, body))).toMatchObject({ kind: 'before', question: { event } });
  });

  it('that are not known are handed on with their body', () => {
    expect(eventsOf(request('callbackAfterSomethingNewCommand', '{"a":1}'))).toMatchObject([
      { event: 'openim.callbackAfterSomethingNewCommand', payload: '{"a":1}' },
    ]);
    expect(read(request('callbackBeforeSomethingNewCommand', '{"a":1}'))).toMatchObject({
      question: { event: 'openim.callbackBeforeSomethingNewCommand', payload: '{"a":1}' },
    });
  });
});

describe('a message', () => {
  const message = {
    sendID: 'u1',
    serverMsgID: 's1',
    clientMsgID: 'c1',
    senderPlatformID: 1,
    sessionType: 1,
    contentType: 101,
    sendTime: 1_700_000_000_001,
    createTime: 1_700_000_000_000,
    content: '{"content":"hi"}',
    seq: 7,
    atUserList: null,
    recvID: 'u2',
  };
  const sent = (changes: object) =>
    eventsOf(request('callbackAfterMsgSaveDBCommand', { ...message, ...changes }))[0];

  it.each([
    ['content that is no JSON is a text', { content: 'hi' }, { content: 'hi', text: 'hi' }],
    ['content that looks like a number is a text', { content: '12' }, { content: '12', text: '12' }],
    [
      'content that is nested too deep is a text',
      { content: '['.repeat(500) },
      { content: '['.repeat(500), text: '['.repeat(500) },
    ],
    ['an unknown content type is its number', { contentType: 150 }, { contentType: '150' }],
    ['3.7 has no sending time', { sendTime: undefined }, { sentAt: '2023-11-14T22:13:20.000Z' }],
    [
      'everybody is no user',
      { atUserList: ['AtAllTag', 'u2'] },
      { mentionedUserIds: ['u2'], extra: { openim: { atUserList: ['AtAllTag', 'u2'] } } },
    ],
    ['a group of the older form', { sessionType: 2, groupID: 'g1' }, { conversationId: 'g_g1' }],
    [
      'a notification account',
      { sessionType: 4 },
      { conversationId: 'sn_u1_u2', conversationType: 'system' },
    ],
    [
      'a quoted message',
      { contentType: 114, content: '{"text":"a","quoteMessage":{"serverMsgID":"s0"}}' },
      { contentType: 'quote', text: 'a', replyToMessageId: 's0' },
    ],
  ])('%s', (_, changes, expected) => {
    expect(sent(changes)).toMatchObject({ event: 'message.sent', data: expected });
  });

  it('of content type 1000 and more is a notification, which is never taken for a repeat', () => {
    expect(sent({ contentType: 1_202, content: '' })).toMatchObject({
      event: 'system.notification',
      repeat: null,
      data: { notificationType: '1202', senderId: 'u1', receiverId: 'u2' },
    });
  });

  it('with seq 0 has none', () => {
    expect(sent({ seq: 0 })?.data).not.toHaveProperty('seq');
    expect(sent({ seq: 0 })?.payload).not.toContain('"seq"');
  });

  it.each([
    ['a sender', { sendID: '' }],
    ['an id', { serverMsgID: '' }],
    ['a receiver', { recvID: '' }],
    ['a time', { sendTime: 0, createTime: 0 }],
    ['a content type', { contentType: '101' }],
    ['content', { content: '' }],
  ])('without %s is handed on as it came', (_, changes) => {
    const whole = { ...message, ...changes };
    expect(eventsOf(request('callbackAfterSendSingleMsgCommand', whole))).toMatchObject([
      { event: 'openim.callbackAfterSendSingleMsgCommand', repeat: null, payload: JSON.stringify(whole) },
    ]);
  });

  it('is one event over both commands', () => {
    const [first] = eventsOf(request('callbackAfterSendSingleMsgCommand', { ...message, seq: 0 }));
    expect(first?.repeat).toEqual({ key: 's1', withinMs: null });
    expect(sent({})?.repeat).toEqual(first?.repeat);
  });
});

describe('values', () => {
  it('beyond a double come out to the digit', () => {
    const body = '{"userID":"u1","platformID":2,"seq":1795965239476,"big":18446744073709551615,"x":1.50}\n';
    const [event] = eventsOf(request('callbackAfterUserOnlineCommand', body));
    expect(event?.payload).toContain('"big":18446744073709551615,"x":1.50');
  });

  it.each([String.raw`"\u0002"`, String.raw`"\u0000"`])('of control characters survive: %s', (groupType) => {
    const body = `{"groupID":"g1","ownerID":"u1","groupType":${groupType},"membersID":null}`;
    const [event] = eventsOf(request('callbackAfterDisMissGroupCommand', body));
    expect(event?.event).toBe('group.dismissed');
    expect(event?.payload).toContain(`"groupType":${groupType}`);
  });

  it('of a list that is empty leave the original', () => {
    const body = '{"callbackCommand":"callbackAfterUserRegisterCommand","users":null}';
    expect(eventsOf(request('callbackAfterUserRegisterCommand', body))).toMatchObject([
      { event: 'openim.callbackAfterUserRegisterCommand', payload: body },
    ]);
  });

  it('of one user who is not known leave the original whole', () => {
    const users = [{ userID: 'u7' }, { nickname: 'no id' }];
    expect(eventsOf(request('callbackAfterUserRegisterCommand', { users }))).toHaveLength(1);
  });
});

describe('what is not understood', () => {
  it.each([
    ['a GET after a redirect', request('callbackAfterSendSingleMsgCommand', '', { method: 'GET' })],
    ['no JSON', request('callbackAfterSendSingleMsgCommand', 'hi')],
    ['a list', request('callbackAfterSendSingleMsgCommand', '[]')],
    ['null', request('callbackAfterSendSingleMsgCommand', 'null')],
    ['a huge number', request('callbackAfterSendSingleMsgCommand', '1E999')],
    ['bytes that are no UTF-8', request('callbackAfterQuitGroupCommand', '', { body: Buffer.from([0xff]) })],
    ['another name', request('hello', '{}')],
    ['another name in the path, no name in the body', request('', '{"callbackCommand":"a b"}')],
    ['no name', request('', '{}')],
  ])('%s is answered with an allow', (_, source) => {
    expect(read(source)).toMatchObject({ kind: 'not_understood' });
    expect(openimAdapter.allow(source)).toMatchObject({ status: 200, body: ALLOW });
  });
});
