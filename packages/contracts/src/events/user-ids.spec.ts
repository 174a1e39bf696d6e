import { describe, expect, it } from 'vitest';
import { EVENT_CATALOGUE, findEvent } from './catalogue.js';
import { describeFields } from './describe-fields.js';
import { MAX_USERS_PER_EVENT, USER_FIELDS, USER_HOLDERS, userIdsOf } from './user-ids.js';

/** Ids in the catalogue that name something other than a user. */
const OTHER_IDS = [
  'messageId',
  'messageIds',
  'clientMessageId',
  'replyToMessageId',
  'conversationId',
  'groupId',
  'requestId',
  'connectionId',
  'sessionId',
  // The person who pressed the button in the console, by email.
  'requestedBy',
];

const example = (event: string): Record<string, unknown> => ({ ...findEvent(event)?.example });

describe('userIdsOf', () => {
  it.each([
    ['message.sent', ['u10010', 'u10086']],
    ['message.read', ['u10010']],
    ['blacklist.added', ['u10010', 'u18804']],
    ['conversation.opened', ['u10001', 'u10086']],
  ])('finds everybody whom the example of %s names', (event, users) => {
    expect(userIdsOf(example(event)).sort()).toEqual(users);
  });

  it('finds those in the message that an event carries', () => {
    const message = { senderId: 'a', mentionedUserIds: ['b', 'c', 'a'] };
    expect(userIdsOf({ message, recipientIds: ['d'] }).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each([
    ['a number', { senderId: 5 }],
    ['nothing', { senderId: '' }],
    ['text that is too long', { senderId: 'x'.repeat(201) }],
    ['text that cannot be stored', { senderId: 'a\u0000' }],
    ['an object where a list should be', { memberIds: { 0: 'a' } }],
    ['a list where an object should be', { message: [{ senderId: 'a' }] }],
  ])('leaves out %s', (_what, data) => {
    expect(userIdsOf(data)).toEqual([]);
  });

  it('takes no more than a hundred of one event', () => {
    const memberIds = Array.from({ length: 500 }, (_, index) => `u${index}`);
    expect(userIdsOf({ memberIds })).toHaveLength(MAX_USERS_PER_EVENT);
  });
});

describe('the catalogue', () => {
  const fields = EVENT_CATALOGUE.flatMap(({ event, schema }) =>
    describeFields(schema).map((field) => ({ ...field, where: `${event} ${field.path}` })),
  );

  it('has no id of which it is not known whether it is a user’s', () => {
    const known = new Set<string>([...USER_FIELDS, ...OTHER_IDS]);
    const ids = fields.filter(({ name, type }) => /(Ids?|By)$/.test(name) && type.startsWith('string'));
    expect(ids.length).toBeGreaterThan(30);
    expect(ids.filter(({ name }) => !known.has(name)).map(({ where }) => where)).toEqual([]);
  });

  it('has users only where they are looked for', () => {
    const users = fields.filter(({ name }) => (USER_FIELDS as readonly string[]).includes(name));
    const reachable = new RegExp(`^((${USER_HOLDERS.join('|')})\\.)?\\w+$`);
    expect(users.filter(({ path }) => !reachable.test(path)).map(({ where }) => where)).toEqual([]);
  });
});
