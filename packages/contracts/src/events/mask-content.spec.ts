import { describe, expect, it } from 'vitest';
import { EVENT_CATALOGUE, findEvent } from './catalogue.js';
import { describeFields } from './describe-fields.js';
import { MASK, maskContent, maskUserIds } from './mask-content.js';

/** Text fields whose values are shown. Before adding one, make sure that it cannot contain message content. */
const SHOWN_TEXT = new Set([
  ...[
    'messageId',
    'messageIds',
    'clientMessageId',
    'replyToMessageId',
    'conversationId',
    'groupId',
    'requestId',
  ],
  ...['senderId', 'receiverId', 'userId', 'operatorId', 'readerId', 'fromUserId', 'toUserId', 'handledBy'],
  ...[
    'applicantId',
    'inviterId',
    'ownerId',
    'previousOwnerId',
    'blockedUserId',
    'friendId',
    'botId',
    'sessionId',
  ],
  ...['mentionedUserIds', 'memberIds', 'recipientIds', 'connectionId'],
  ...['contentType', 'notificationType', 'senderPlatform', 'platform', 'groupType'],
]);
const OPEN_TYPES = new Set(['string', 'string[]', 'JSON', 'object', 'JSON[]']);

/** Every leaf of a value with the names that lead to it, list positions left out. */
function leavesOf(value: unknown, path: string[] = []): { name: string; value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => leavesOf(item, path));
  if (typeof value !== 'object' || value === null) return [{ name: path.at(-1) ?? '', value }];
  return Object.entries(value).flatMap(([name, value]) => leavesOf(value, [...path, name]));
}

describe('masking', () => {
  it.each(EVENT_CATALOGUE.map(({ event }) => [event]))(
    'of %s shows no text but what is listed here',
    (event) => {
      const definition = findEvent(event)!;
      const open = new Set(
        describeFields(definition.schema)
          .filter(({ type }) => OPEN_TYPES.has(type))
          .map(({ name }) => name),
      );
      const shown = leavesOf(maskContent(event, definition.example)).filter(
        ({ name, value }) => value !== MASK && open.has(name),
      );
      expect(shown.map(({ name }) => name).filter((name) => !SHOWN_TEXT.has(name))).toEqual([]);
    },
  );

  it('of a message keeps what names and classifies it', () => {
    const shown = {
      messageId: 'm-1',
      conversationId: 'c-1',
      conversationType: 'group',
      senderId: 'u1',
      senderPlatform: 'ios',
      contentType: 'text',
      mentionedUserIds: ['u2', 'u3'],
      seq: 7,
      status: 'normal',
      sentAt: '2026-11-21T08:00:00.000Z',
      draft: null,
    };
    const masked = maskContent('message.sent', {
      ...shown,
      senderNickname: 'Secret Name',
      content: { text: 'secret', nested: ['secret'] },
      text: 'secret',
      extra: { secretName: 'secret' },
      reactions: { secret: 1 },
    });
    const hidden = { senderNickname: MASK, content: MASK, text: MASK, extra: MASK, reactions: MASK };
    expect(masked).toEqual({ ...shown, ...hidden });
  });

  it.each([
    ['a vocabulary’s word that is a sentence', { contentType: 'my secret words' }, { contentType: MASK }],
    ['text in a field of numbers', { seq: 'secret' }, { seq: MASK }],
    ['an object in a field of ids', { senderId: { secret: 1 } }, { senderId: MASK }],
    [
      'objects in a list of ids',
      { mentionedUserIds: ['u1', { secret: 1 }] },
      { mentionedUserIds: ['u1', MASK] },
    ],
    ['text where a list should be', { mentionedUserIds: 'secret' }, { mentionedUserIds: MASK }],
    ['text where an instant should be', { sentAt: 'secret' }, { sentAt: MASK }],
    ['a word that is not in the list', { status: 'secret' }, { status: MASK }],
    [
      'a field named after a prototype',
      JSON.parse('{"__proto__":"secret"}'),
      JSON.parse('{"__proto__":"***"}'),
    ],
    [
      'a field named like a method',
      { toString: 'secret', constructor: 1 },
      { toString: MASK, constructor: MASK },
    ],
  ])('masks %s', (_name, data, expected) => {
    expect(JSON.stringify(maskContent('message.sent', data))).toBe(JSON.stringify(expected));
  });

  it('goes into the message that an event carries', () => {
    const message = { messageId: 'm-1', text: 'secret', contentType: 'text' };
    expect(
      maskContent('bot.message', { botId: 'b1', message, isMentioned: true, replyText: 'secret' }),
    ).toEqual({
      botId: 'b1',
      message: { messageId: 'm-1', text: MASK, contentType: 'text' },
      isMentioned: true,
      replyText: MASK,
    });
    expect(maskContent('bot.message', { message: 'secret' })).toEqual({ message: MASK });
  });

  it('of an event that the catalogue does not know shows what the log is searched by, and nothing else', () => {
    expect(
      maskContent('order.paid', {
        conversationId: 'c-1',
        memberIds: ['u1', 5],
        operator: { userId: 'u2', nickname: 'secret', message: { userId: 'secret' } },
        member: 'secret',
        amount: 12,
        isGift: true,
        note: 'secret',
        list: ['secret'],
        gone: null,
      }),
    ).toEqual({
      conversationId: 'c-1',
      memberIds: ['u1', MASK],
      operator: { userId: 'u2', nickname: MASK, message: MASK },
      member: MASK,
      amount: MASK,
      isGift: MASK,
      note: MASK,
      list: MASK,
      gone: null,
    });
  });

  it.each([[['secret']], ['secret'], [5]])('of a payload that is no object (%j) shows nothing', (data) => {
    expect(maskContent('message.sent', data)).toBe(MASK);
    expect(maskContent('order.paid', data)).toBe(MASK);
  });
});

it('masks users wherever a payload names them, for people outside', () => {
  const payload = {
    messageId: 'm1',
    conversationId: 'single_u1_u2',
    senderId: 'u1',
    receiverId: null,
    mentionedUserIds: ['u2'],
    message: { senderId: 'u1', seq: 7 },
    members: [{ userId: 'u3', role: 'admin' }],
  };
  expect(maskUserIds(payload)).toEqual({
    messageId: 'm1',
    conversationId: MASK,
    senderId: MASK,
    receiverId: null,
    mentionedUserIds: MASK,
    message: { senderId: MASK, seq: 7 },
    members: [{ userId: MASK, role: 'admin' }],
  });
});
