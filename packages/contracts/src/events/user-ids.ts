/** Finds the users a payload names, so that the log can be searched by them. */
import { idSchema } from './fields.js';

/** Fields of the catalogue with a user's id, or a list of them; bots are users too. */
export const USER_FIELDS = [
  'senderId',
  'receiverId',
  'userId',
  'operatorId',
  'readerId',
  'fromUserId',
  'toUserId',
  'handledBy',
  'applicantId',
  'inviterId',
  'ownerId',
  'previousOwnerId',
  'blockedUserId',
  'friendId',
  'botId',
  'mentionedUserIds',
  'memberIds',
  'recipientIds',
] as const;

/** Fields of the catalogue with an object that has such fields. */
export const USER_HOLDERS = ['message', 'member', 'operator'] as const;

/** The limit of users kept per event; a dismissed group of thousands is not found by each of its members. */
export const MAX_USERS_PER_EVENT = 100;

type Payload = Readonly<Record<string, unknown>>;

/**
 * The users a payload names, each once, at most 100.
 *
 * Invalid ids (not text, empty, over 200 characters, with a NUL character) are left out.
 *
 * @param data an event's payload; it need not have been validated
 */
export function userIdsOf(data: Payload): string[] {
  const found = new Set<string>();
  addUsers(found, data);
  for (const holder of USER_HOLDERS) {
    const value = own(data, holder);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      addUsers(found, value as Payload);
  }
  return [...found];
}

function addUsers(found: Set<string>, data: Payload): void {
  for (const name of USER_FIELDS) {
    const value = own(data, name);
    if (Array.isArray(value)) for (const item of value) addId(found, item);
    else addId(found, value);
  }
}

function addId(found: Set<string>, value: unknown): void {
  if (typeof value !== 'string' || found.size >= MAX_USERS_PER_EVENT) return;
  if (idSchema.safeParse(value).success) found.add(value);
}

function own(data: Payload, name: string): unknown {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}
