import { z } from 'zod';
import { BUILT_IN_EVENTS, type BuiltInEvent, type ListedEvent } from './event-list.js';

/** A text in both languages of the console. */
export interface LocalizedText {
  zh: string;
  en: string;
}

/** Descriptions of fields, kept next to their schemas (zod's registry has one language only). */
export const fieldText = z.registry<LocalizedText>();

/**
 * Gives a field its Chinese and English description.
 *
 * The schema is cloned first, so one shared schema (an id, say) may have different descriptions. Wrapping the result
 * with `.optional()` keeps the text: `describeFields` looks through wrappers.
 */
export function field<T extends z.ZodType>(schema: T, zh: string, en: string): T {
  const described = schema.clone();
  fieldText.add(described, { zh, en });
  return described;
}

/** Text that is no message content: an id, or a word of a vocabulary. Includes clones made by `field`. */
const harmlessText = z.registry<{ form: RegExp }>();

/**
 * Declares that people who may not read messages may see a text. Every other text is content, and masked for them,
 * including new fields.
 *
 * @param form the form of such a text; a value with another form is masked anyway
 */
export function harmless<T extends z.ZodType>(schema: T, form: RegExp): T {
  harmlessText.add(schema, { form });
  return schema;
}

/** Whether a text of this field may be seen by people who may not read messages. */
export function isHarmlessText(schema: z.ZodType, text: string): boolean {
  return harmlessText.get(schema)?.form.test(text) === true;
}

/** The path to a value in a payload, as property names. */
export type FieldPath = readonly [string, ...string[]];

/** The paths to the keys by which the event log is searched and ordered. */
export interface IndexKeyPaths {
  conversationId: FieldPath;
  messageId: FieldPath;
}

/** The payload carries its conversation and message ids, when it has any, as its own fields. */
export const KEYS_AT_TOP: IndexKeyPaths = { conversationId: ['conversationId'], messageId: ['messageId'] };

/** The payload carries a whole message in `message`; the ids are that message's. */
export const KEYS_IN_MESSAGE: IndexKeyPaths = {
  conversationId: ['message', 'conversationId'],
  messageId: ['message', 'messageId'],
};

export interface EventDefinition<P extends z.ZodObject = z.ZodObject> extends ListedEvent {
  /** Such as `message.sent`. */
  event: string;
  schema: P;
  /** Read by `indexKeysOf`. Required, so that new events are found by their message. */
  indexKeys: IndexKeyPaths;
  /** A complete payload, valid against `schema`; test sends use it. */
  example: z.input<P>;
}

/** One entry of the catalogue; the example is checked against the schema by type and by a test. */
export function defineEvent<P extends z.ZodObject>(
  event: BuiltInEvent,
  definition: Pick<EventDefinition<P>, 'schema' | 'indexKeys' | 'example'>,
): EventDefinition<P> {
  return { event, ...BUILT_IN_EVENTS[event], ...definition };
}
