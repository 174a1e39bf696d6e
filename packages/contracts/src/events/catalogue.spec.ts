import { describe, expect, it } from 'vitest';
import { EVENT_CATALOGUE, findEvent, indexKeysOf } from './catalogue.js';
import { EVENT_NAMES, TEST_EVENT } from './event-list.js';
import { describeFields } from './describe-fields.js';
import type { EventDefinition } from './define.js';
import { eventNameSchema } from './name-schemas.js';

const CHINESE = /\p{Script=Han}/u;
const ENGLISH_SENTENCE = /^[A-Z][^\p{Script=Han}]+\.$/u;

/** Names and payloads that receivers were promised; they never change. */
const FIRST_TWELVE = [
  ['message.sent', 'ImMessage'],
  ['message.revoked', 'ImMessage'],
  ['message.edited', 'ImMessage'],
  ['message.read', 'MessageReadCallbackPayload'],
  ['friend.request.sent', 'FriendRequestCallbackPayload'],
  ['friend.request.accepted', 'FriendRequestCallbackPayload'],
  ['friend.request.rejected', 'FriendRequestCallbackPayload'],
  ['group.join.request.sent', 'GroupJoinRequestCallbackPayload'],
  ['group.join.request.accepted', 'GroupJoinRequestCallbackPayload'],
  ['group.join.request.rejected', 'GroupJoinRequestCallbackPayload'],
  ['blacklist.added', 'BlacklistCallbackPayload'],
  ['blacklist.removed', 'BlacklistCallbackPayload'],
] as const;

describe('the catalogue', () => {
  it('names every event once, in the order of its families', () => {
    expect(EVENT_NAMES).toEqual([
      'message.sent',
      'message.revoked',
      'message.edited',
      'message.read',
      'message.offline',
      'friend.request.sent',
      'friend.request.accepted',
      'friend.request.rejected',
      'friend.added',
      'friend.deleted',
      'group.join.request.sent',
      'group.join.request.accepted',
      'group.join.request.rejected',
      'group.created',
      'group.updated',
      'group.dismissed',
      'group.owner.changed',
      'group.member.joined',
      'group.member.left',
      'group.member.kicked',
      'blacklist.added',
      'blacklist.removed',
      'user.online',
      'user.offline',
      'user.registered',
      'user.updated',
      'conversation.opened',
      'bot.message',
      'system.notification',
      'test.ping',
    ]);
  });

  it.each(FIRST_TWELVE)('keeps %s with the payload %s', (event, payload) => {
    expect(findEvent(event)?.payload).toBe(payload);
  });

  it('lets the console call ImMessage ImMessageEntity', () => {
    const aliases = EVENT_CATALOGUE.filter((definition) => definition.payload === 'ImMessage');
    expect(aliases.map((definition) => definition.payloadAlias)).toEqual(
      Array<string>(3).fill('ImMessageEntity'),
    );
  });

  it.each(['message.deleted', 'message.*', '', '__proto__', 'constructor'])('does not know %j', (name) => {
    expect(findEvent(name)).toBeUndefined();
  });

  it('has the event of test sends', () => {
    expect(findEvent(TEST_EVENT)).toBeDefined();
  });

  it('gives every event an example of its own', () => {
    const examples = EVENT_CATALOGUE.map((definition) => JSON.stringify(definition.example));
    expect(new Set(examples).size).toBe(examples.length);
  });
});

describe.each(EVENT_CATALOGUE)('$event', (definition) => {
  it('has a valid name and texts in both languages', () => {
    expect(eventNameSchema.safeParse(definition.event).error).toBeUndefined();
    expect(definition.description.zh).toMatch(CHINESE);
    expect(definition.description.en).toMatch(ENGLISH_SENTENCE);
  });

  it('describes every field in both languages', () => {
    const fields = describeFields(definition.schema);
    expect(fields.length).toBeGreaterThan(1);
    const undescribed = fields.filter(
      ({ text }) => !CHINESE.test(text.zh) || !ENGLISH_SENTENCE.test(text.en),
    );
    expect(undescribed.map(({ path }) => path)).toEqual([]);
  });

  it('has an example that is valid, uses only described fields, and survives JSON', () => {
    expect(definition.schema.safeParse(definition.example).error).toBeUndefined();
    expect(JSON.parse(JSON.stringify(definition.example))).toEqual(definition.example);
    const described = new Set(Object.keys(definition.schema.shape));
    expect(Object.keys(definition.example).filter((name) => !described.has(name))).toEqual([]);
  });

  it('keeps fields it does not know, and takes any JSON as extra', () => {
    const data = { ...definition.example, tenantField: { kept: [1, null] }, extra: ['any', 1, null] };
    expect(definition.schema.parse(data)).toEqual(data);
  });

  it('refuses a payload without its required fields, naming each', () => {
    const required = describeFields(definition.schema)
      .filter((field) => field.isRequired && field.depth === 0)
      .map((field) => field.name);
    expect(required.length).toBeGreaterThan(0);
    const issues = definition.schema.safeParse({}).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join('.'))).toEqual(required);
  });

  it('is found by the ids its payload carries', () => {
    const { conversationId, messageId } = indexKeysOf(definition.event, definition.example);
    expect(conversationId).toBe(firstValueOf(definition, 'conversationId'));
    expect(messageId).toBe(firstValueOf(definition, 'messageId'));
  });
});

describe('fields of payloads', () => {
  const message = exampleOf('message.sent');

  it.each<[fault: string, change: Record<string, unknown>]>([
    ['an id that is a number', { messageId: 1985214733290471424 }],
    ['an empty id', { conversationId: '' }],
    ['an id of 201 characters', { senderId: 'x'.repeat(201) }],
    ['an id with a NUL character', { messageId: 'a\u0000b' }],
    ['an instant that is no UTC', { sentAt: '2026-11-20T14:12:45+08:00' }],
    ['a day that does not exist', { sentAt: '2026-02-30T00:00:00Z' }],
    ['an instant as a number', { sentAt: 1763619165318 }],
    ['an unknown conversationType', { conversationType: 'room' }],
    ['a negative seq', { seq: -1 }],
    ['a seq beyond 2^53', { seq: 2 ** 53 }],
    ['null for an optional field', { receiverId: null }],
  ])('refuse %s', (_, change) => {
    const { error } = parse('message.sent', { ...message, ...change });
    expect(error?.issues.map((issue) => issue.path)).toEqual([Object.keys(change)]);
  });

  it.each<[what: string, change: Record<string, unknown>]>([
    ['an id of 200 characters', { messageId: 'x'.repeat(200) }],
    ['a content type of the IM server’s own', { contentType: 'red_packet' }],
    ['null content', { content: null }],
    ['content that is text', { content: '你好' }],
    ['an instant with microseconds', { sentAt: '2026-11-20T06:12:45.318204Z' }],
  ])('take %s', (_, change) => {
    expect(parse('message.sent', { ...message, ...change }).error).toBeUndefined();
  });

  it('point into nested messages', () => {
    const { error } = parse('message.offline', { message: { ...message, senderId: '' }, recipientIds: [] });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual(['message.senderId', 'recipientIds']);
  });
});

describe('indexKeysOf', () => {
  it.each<[event: string, data: Record<string, unknown>, keys: object]>([
    ['message.sent', { conversationId: 'c1', messageId: 'm1' }, { conversationId: 'c1', messageId: 'm1' }],
    ['message.read', { conversationId: 'c1', messageIds: ['m1'] }, { conversationId: 'c1' }],
    [
      'bot.message',
      { message: { conversationId: 'c2', messageId: 'm2' }, conversationId: 'outer' },
      { conversationId: 'c2', messageId: 'm2' },
    ],
    ['message.offline', { message: null }, {}],
    ['message.offline', { message: 'text' }, {}],
    ['group.created', { groupId: 'g1', conversationId: 'group_g1' }, { conversationId: 'group_g1' }],
    ['order.paid', { conversationId: 'c3', messageId: 'm3' }, { conversationId: 'c3', messageId: 'm3' }],
    ['order.paid', { conversationId: 7, messageId: '' }, {}],
    ['order.paid', { conversationId: 'x'.repeat(201), messageId: 'a\u0000' }, {}],
    ['order.paid', {}, {}],
  ])('of %s with %j are %j', (event, data, keys) => {
    expect(indexKeysOf(event, data)).toEqual(keys);
  });
});

function parse(event: string, data: unknown) {
  const definition = findEvent(event);
  if (!definition) throw new Error(`no event ${event}`);
  return definition.schema.safeParse(data);
}

function exampleOf(event: string): Record<string, unknown> {
  const definition = findEvent(event);
  if (!definition) throw new Error(`no event ${event}`);
  return definition.example;
}

/** The value of the first property of that name anywhere in the example. */
function firstValueOf(definition: EventDefinition, name: string): unknown {
  let found: unknown;
  JSON.stringify(definition.example, (key, value: unknown) => {
    if (key === name) found ??= value;
    return value;
  });
  return found;
}
