import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findEvent } from '@im/contracts/events/catalogue';
import { describe, expect, it } from 'vitest';
import type { OpenedSourceSettings, SourceEvent, SourceReading, SourceRequest } from '../source-kind.js';
import { dootaskAdapter } from './dootask.adapter.js';

interface Recording {
  method: string;
  path: string;
  headers: [string, string][];
  bodyBase64: string;
}

const FIXTURES = path.join(import.meta.dirname, 'fixtures');
const RECEIVED_AT = new Date('2026-11-29T10:00:00.000Z');
const TOKENS = ['YIG8ANC8q2BOTTOKENEXAMPLE', 'YIG8ANC8q2USERTOKENEXAMPLE'];

function recorded(name: string): SourceRequest {
  const recording = JSON.parse(readFileSync(path.join(FIXTURES, name), 'utf8')) as Recording;
  return {
    method: recording.method,
    path: '',
    query: recording.path.split('?')[1] ?? '',
    headers: Object.fromEntries(recording.headers.map(([key, value]) => [key.toLowerCase(), value])),
    body: Buffer.from(recording.bodyBase64, 'base64'),
    receivedAt: RECEIVED_AT,
  };
}

function requestOf(body: string | Buffer, contentType = 'application/x-www-form-urlencoded'): SourceRequest {
  const headers = { 'content-type': contentType };
  return {
    ...{ method: 'POST', path: '', query: '', headers, receivedAt: RECEIVED_AT },
    body: Buffer.from(body as string),
  };
}

function read(request: SourceRequest, settings: OpenedSourceSettings = {}): SourceReading {
  return dootaskAdapter.read(request, settings);
}

function onlyEvent(reading: SourceReading): SourceEvent {
  if (reading.kind !== 'events' || !reading.events[0]) throw new Error(JSON.stringify(reading));
  expect(reading.events).toHaveLength(1);
  return reading.events[0];
}

const SENDER = { userid: '1', email: 'u1@example.com', nickname: 'U1 小明', profession: '', lang: 'zh' };
const SENT_AT = '2025-11-29T14:46:40.000Z';
const OLD_TEXT = '你好';
const TEXT = '你好 <b>world</b> & a=b+c 100%';
const U1 = { userid: '1', nickname: 'U1', email: 'u1@example.com', bot: '0' };
const U2 = { userid: '2', nickname: 'U2', email: 'u2@example.com', bot: '0' };
const ROOM = { dialog_id: '20', dialog_type: 'group', group_type: 'user' };

function messageOf(text: string, more: object = {}): object {
  return {
    messageId: '3456',
    conversationId: 'dootask:12',
    conversationType: 'single',
    senderId: '1',
    senderNickname: 'U1 小明',
    receiverId: '9',
    contentType: 'text',
    content: { text },
    text,
    status: 'normal',
    sentAt: SENT_AT,
    ...more,
  };
}

const extraOf = (more: object = {}) => ({
  dootask: {
    ...{ dialog_id: '12', dialog_type: 'user', version: '1.4.20' },
    ...{ extras: '{"timestamp":1764427600}', msg_user: SENDER },
    ...more,
  },
});
const withoutUser = (message: object) => ({ ...message, senderNickname: undefined });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const EXPECTED: Record<string, { event: string; conversationId: string; payload: object }> = {
  'd001-message.json': {
    event: 'bot.message',
    conversationId: 'dootask:12',
    payload: { botId: '9', message: messageOf(TEXT), isMentioned: false, sessionId: '0', extra: extraOf() },
  },
  'd002-message-group-mention.json': {
    event: 'bot.message',
    conversationId: 'dootask:20',
    payload: {
      botId: '9',
      message: messageOf('<span class="mention user" data-id="9">@bot</span> help', {
        ...{ conversationId: 'dootask:20', conversationType: 'group', groupId: '20', receiverId: undefined },
      }),
      isMentioned: true,
      replyText: 'line one\nline two',
      sessionId: '7',
      extra: extraOf({ dialog_id: '20', dialog_type: 'group' }),
    },
  },
  'd003-message-at-sign.json': {
    event: 'bot.message',
    conversationId: 'dootask:12',
    payload: {
      ...{
        botId: '9',
        message: messageOf('@bot help'),
        isMentioned: false,
        sessionId: '0',
        extra: extraOf(),
      },
    },
  },
  'd004-message-no-user.json': {
    event: 'bot.message',
    conversationId: 'dootask:12',
    payload: {
      botId: '9',
      message: withoutUser(messageOf(TEXT)),
      ...{ isMentioned: false, sessionId: '0', extra: extraOf({ msg_user: undefined }) },
    },
  },
  'd005-message-null-session.json': {
    event: 'bot.message',
    conversationId: 'dootask:12',
    payload: { botId: '9', message: messageOf(TEXT), isMentioned: false, extra: extraOf() },
  },
  'd006-message-old-0-42-3.json': {
    event: 'bot.message',
    conversationId: 'dootask:12',
    payload: {
      botId: '9',
      message: withoutUser(messageOf(OLD_TEXT, { sentAt: RECEIVED_AT.toISOString() })),
      isMentioned: false,
      extra: extraOf({ version: '0.42.3', extras: '[]', msg_user: undefined }),
    },
  },
  'd009-dialog-open.json': {
    event: 'conversation.opened',
    conversationId: 'dootask:12',
    payload: {
      ...{ conversationId: 'dootask:12', conversationType: 'single', name: 'My bot' },
      member: { userId: '1', nickname: 'U1', isBot: false },
      extra: {
        dootask: {
          dialog_id: '12',
          dialog_type: 'user',
          group_type: '',
          member: U1,
          operator: U1,
          bot_uid: '9',
        },
      },
    },
  },
  'd010-member-join.json': {
    event: 'group.member.joined',
    conversationId: 'dootask:20',
    payload: {
      ...{ groupId: '20', groupName: '测试群', memberIds: ['2'], operatorId: '1' },
      extra: { dootask: { ...ROOM, member: U2, operator: U1, bot_uid: '9' } },
    },
  },
  'd011-member-join-operator-null.json': {
    event: 'group.member.joined',
    conversationId: 'dootask:20',
    payload: {
      ...{ groupId: '20', groupName: '测试群', memberIds: ['2'] },
      extra: { dootask: { ...ROOM, member: U2, bot_uid: '9' } },
    },
  },
  'd012-member-leave.json': {
    event: 'group.member.left',
    conversationId: 'dootask:20',
    payload: {
      ...{ groupId: '20', groupName: '测试群', memberIds: ['2'], operatorId: '2' },
      extra: { dootask: { ...ROOM, member: U2, operator: U2, bot_uid: '9' } },
    },
  },
  'd013-member-join-bot.json': {
    event: 'group.member.joined',
    conversationId: 'dootask:20',
    payload: {
      ...{ groupId: '20', groupName: '测试群', memberIds: ['9'], operatorId: '1' },
      extra: {
        dootask: {
          ...ROOM,
          member: { userid: '9', nickname: 'My bot', email: 'user-normal-x@bot.system', bot: '1' },
          ...{ operator: U1, bot_uid: '9' },
        },
      },
    },
  },
  'd014-member-join-name-at.json': {
    event: 'group.member.joined',
    conversationId: 'dootask:20',
    payload: {
      ...{ groupId: '20', groupName: '@team', memberIds: ['2'], operatorId: '1' },
      extra: { dootask: { ...ROOM, member: U2, operator: U1, bot_uid: '9' } },
    },
  },
};

describe('a recorded request', () => {
  it('is expected to be one of those in the folder', () => {
    expect(readdirSync(FIXTURES).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('%s becomes its event', (name, { event, conversationId, payload }) => {
    const read = onlyEvent(dootaskAdapter.read(recorded(name), { botId: '9' }));
    expect(JSON.parse(read.payload)).toEqual(plain(payload));
    expect(plain(read.data)).toEqual(plain(payload));
    expect(read).toMatchObject({ event, conversationId, repeat: null });
    const isTimed = event === 'bot.message' && !name.startsWith('d006');
    expect(read.occurredAt?.toISOString() ?? null).toBe(isTimed ? SENT_AT : null);
    expect(findEvent(event)?.schema.safeParse(JSON.parse(read.payload)).success).toBe(true);
  });

  it.each(Object.keys(EXPECTED))('%s has no token in its reading, nor once it is redacted', (name) => {
    const request = recorded(name);
    const redacted = dootaskAdapter.redact(request);
    const shown = [
      JSON.stringify(read(request)),
      redacted.body.toString('latin1'),
      JSON.stringify([redacted.headers, redacted.query, redacted.path]),
    ].join('\n');
    for (const token of TOKENS) expect(shown).not.toContain(token);
  });

  it.each(Object.keys(EXPECTED))('%s is read the same once it is redacted', (name) => {
    const request = recorded(name);
    expect(read(dootaskAdapter.redact(request))).toEqual(read(request));
  });

  it.each(Object.keys(EXPECTED))('%s is answered so that nothing is posted', (name) => {
    const request = recorded(name);
    const answer = { status: 200, contentType: 'application/json; charset=utf-8', body: '{}' };
    expect(dootaskAdapter.allow(request)).toEqual(answer);
    expect(dootaskAdapter.unavailable(request)).toEqual(answer);
    expect(dootaskAdapter.appended(request)).toEqual({ pathSuffix: null, query: null });
  });
});

describe('what the catalogue cannot hold', () => {
  it.each([
    [
      'a message without the bot',
      'event=message&text=a&dialog_id=1&dialog_type=user&msg_id=2&msg_uid=3&mention=0',
    ],
    [
      'a message without a text',
      'event=message&dialog_id=1&dialog_type=user&msg_id=2&msg_uid=3&mention=0&bot_uid=9',
    ],
    [
      'a message that does not say whether it mentions',
      'msg_id=2&text=a&dialog_id=1&dialog_type=user&msg_uid=3&bot_uid=9',
    ],
    [
      'a message of another kind of dialog',
      'msg_id=2&text=a&dialog_id=1&dialog_type=x&msg_uid=3&mention=1&bot_uid=9',
    ],
  ])('%s is delivered as it came', (_, body) => {
    const { event, payload } = onlyEvent(read(requestOf(`${body}&token=SECRETSECRET`)));
    expect(event).toBe('dootask.message');
    const fields = Object.fromEntries(new URLSearchParams(body));
    expect(JSON.parse(payload)).toEqual({ ...fields, token: '***' });
  });

  it.each([
    ['dialog_open', 'dialog_id=1&dialog_type=user&event=dialog_open'],
    ['member_join', 'dialog_id=1&dialog_type=group&event=member_join'],
    ['member_leave', 'dialog_id=1&dialog_type=user&member%5Buserid%5D=1&event=member_leave'],
    ['task_done', 'event=task_done&dialog_id=1'],
  ])('%s with too little is delivered as it came', (command, body) => {
    const reading = read(requestOf(body));
    expect(reading).toMatchObject({ kind: 'events', command });
    expect(onlyEvent(reading)).toMatchObject({ event: `dootask.${command}`, conversationId: 'dootask:1' });
  });

  it('leaves the bot out of events that do not name it, unless the settings do', () => {
    const opened = recorded('d009-dialog-open.json');
    expect(onlyEvent(read(opened)).payload).not.toContain('bot_uid');
    expect(onlyEvent(read(opened, { botId: '77' })).payload).toContain('"bot_uid":"77"');
  });

  it('names a message’s bot by the settings only where the message does not', () => {
    const body = 'msg_id=2&text=a&dialog_id=1&dialog_type=user&msg_uid=3&mention=1';
    expect(onlyEvent(read(requestOf(body), { botId: '77' })).data).toMatchObject({ botId: '77' });
    expect(onlyEvent(read(recorded('d001-message.json'), { botId: '77' })).data).toMatchObject({
      botId: '9',
    });
  });
});

describe('JSON of other senders', () => {
  it('is read with its numbers, flags and objects, ids digit by digit', () => {
    const json = `{"event":"message","text":"hi","token":"SECRETSECRET","dialog_id":9007199254740993,"dialog_type":"group",
      "msg_id":18446744073709551615,"msg_uid":7,"mention":true,"bot_uid":9,"timestamp":1764427600,
      "msg_user":{"nickname":"N","token":"OTHERSECRET","level":18446744073709551615}}`;
    const { event, payload } = onlyEvent(read(requestOf(json, 'application/json')));
    expect(event).toBe('bot.message');
    expect(payload).toContain('"messageId":"18446744073709551615"');
    expect(payload).toContain('"conversationId":"dootask:9007199254740993"');
    expect(payload).toContain('"level":18446744073709551615');
    expect(payload).toContain('"isMentioned":true');
    expect(payload).not.toMatch(/SECRET|token/);
  });
});

it.each([
  ['nothing', ''],
  ['plain text', 'hello'],
  ['an HTML page', '<html><body>no</body></html>'],
  ['a form without event and message', 'a=1&b=2'],
  ['a JSON list', '[1]'],
  ['broken JSON', '{"event":'],
  ['deep JSON', `{"event":"message","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['too many fields', Array.from({ length: 1_001 }, (_, index) => `f${String(index)}=1`).join('&')],
])('%s is not understood', (_, body) => {
  const reading = read(requestOf(body));
  expect(reading).toMatchObject({ kind: 'not_understood', command: null });
});

describe('a sample', () => {
  const now = new Date('2026-01-02T03:04:05.678Z');

  it.each([
    [undefined, 'bot.message'],
    ['message', 'bot.message'],
    ['dialog_open', 'conversation.opened'],
    ['member_join', 'group.member.joined'],
    ['member_leave', 'group.member.left'],
  ])('of %s becomes %s', (command, event) => {
    const sample = dootaskAdapter.sample(command, { botId: '77' }, now);
    if (!sample) throw new Error('There is a sample');
    expect(sample.headers['content-length']).toBe(String(sample.body.length));
    expect(onlyEvent(read(sample, { botId: '77' })).event).toBe(event);
  });

  it('of an unknown command does not exist', () => {
    expect(dootaskAdapter.sample('constructor', {}, now)).toBeNull();
  });

  it('is written byte by byte as DooTask writes', () => {
    const body = dootaskAdapter.sample('dialog_open', {}, now)?.body;
    expect(body).toEqual(recorded('d009-dialog-open.json').body);
    const joined = dootaskAdapter.sample('member_join', {}, now)?.body;
    expect(joined).toEqual(recorded('d010-member-join.json').body);
  });
});

describe('the snippet', () => {
  it('is the address, with what to do in both languages', () => {
    const { snippet, notes } = dootaskAdapter.snippet('https://im.example.com/in/dootask/t', undefined, {});
    expect(snippet).toBe('https://im.example.com/in/dootask/t');
    for (const { en, zh } of notes) expect([en, zh]).not.toContain('');
  });

  it('warns of an address that DooTask refuses', () => {
    const { notes } = dootaskAdapter.snippet(`https://${'a'.repeat(250)}.example.com/`, undefined, {});
    expect(notes[0]?.en).toContain('255 bytes');
  });
});
