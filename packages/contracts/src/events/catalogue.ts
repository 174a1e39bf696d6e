/**
 * Lists every built-in event in display order. Validation at ingest, the console's tables and forms, the documentation
 * and the sample payloads of test sends all come from here.
 */
import { blacklistEvents } from './blacklist.js';
import { botEvents } from './bot.js';
import { conversationEvents } from './conversation.js';
import { KEYS_AT_TOP, type EventDefinition, type FieldPath } from './define.js';
import { idSchema } from './fields.js';
import { friendEvents } from './friend.js';
import { groupEvents } from './group.js';
import { messageEvents } from './message.js';
import { systemEvents } from './system.js';
import { testEvents } from './test.js';
import { userEvents } from './user.js';

const families = [
  messageEvents,
  friendEvents,
  groupEvents,
  blacklistEvents,
  userEvents,
  conversationEvents,
  botEvents,
  systemEvents,
  testEvents,
] as const;

export const EVENT_CATALOGUE: readonly EventDefinition[] = families.flat();

const definitions = new Map(EVENT_CATALOGUE.map((definition) => [definition.event, definition]));

/**
 * The definition of a built-in event, or undefined for a name the catalogue does not know.
 *
 * Validate with `definition.schema.safeParse(data)`, then store and deliver `data` itself, not the parse
 * result: zod puts the listed fields first, and receivers are promised the payload as it was received.
 */
export function findEvent(name: string): EventDefinition | undefined {
  return definitions.get(name);
}

/** The keys by which an event is searched and ordered, in addition to its own id. */
export interface IndexKeys {
  conversationId?: string;
  messageId?: string;
}

/**
 * Takes from a payload what the event log is searched and ordered by.
 *
 * An invalid id (not text, empty, over 200 characters, with a NUL character) counts as absent, so the result can always
 * be stored, even when the payload was not validated.
 *
 * @param event the event's name; an unknown one is read like most: ids at the payload's top
 * @param data the event's payload
 */
export function indexKeysOf(event: string, data: Readonly<Record<string, unknown>>): IndexKeys {
  const paths = findEvent(event)?.indexKeys ?? KEYS_AT_TOP;
  const conversationId = idAt(data, paths.conversationId);
  const messageId = idAt(data, paths.messageId);
  return { ...(conversationId && { conversationId }), ...(messageId && { messageId }) };
}

function idAt(data: Readonly<Record<string, unknown>>, path: FieldPath): string | undefined {
  let value: unknown = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  const id = idSchema.safeParse(value);
  return id.success ? id.data : undefined;
}
