/** Makes the fields of an event of a command's body, as the table of commands describes them. */
import { isJsonObject, parseJson, parseObject, valueAt, type JsonObject } from './json-object.js';
import type { FieldReading, FieldSource, FieldSources } from './mapping/describe.js';
import {
  CONTENT_TYPES,
  conversationIdOf,
  conversationTypeOf,
  EVERYBODY,
  groupConversationOf,
  platformOf,
  WORDS_IN,
} from './words.js';

/** The ids of the members in a list of them. */
const MEMBER_IDS = 'memberList.userID';

/** Years of four digits, as ISO 8601 has them. */
const LAST_TIME = Date.UTC(9999, 11, 31);

type Reader = (values: readonly unknown[], body: JsonObject, receivedAt: Date) => unknown;

/** @returns fields that the body says nothing of are undefined */
export function readFields(fields: FieldSources, body: JsonObject, receivedAt: Date) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, source]) => [name, readField(source, body, receivedAt)]),
  );
}

export function readField(source: FieldSource, body: JsonObject, receivedAt: Date): unknown {
  if (source.how === 'constant') return source.value;
  if (source.how === 'changes') return changesIn(source.names, source.unset, body);
  const values = source.from.map((path) => (path === MEMBER_IDS ? memberIds(body) : body[path]));
  return READERS[source.how](values, body, receivedAt);
}

/** What no field of the event was made of, for `extra`; null: nothing. */
export function restOf(
  sources: readonly FieldSource[],
  body: JsonObject,
  isCommandKept: boolean,
): JsonObject | null {
  const used = new Set(sources.flatMap(usedBy));
  if (isEverybodyMentioned(body)) used.delete('atUserList');
  if (!isCommandKept) used.add('callbackCommand');
  const rest = Object.entries(body).filter(
    ([name, value]) => !used.has(name) && value !== null && value !== '',
  );
  return rest.length > 0 ? Object.fromEntries(rest) : null;
}

/** One word may stand for several numbers, and a position or a time says less than the whole. */
function usedBy({ how, from }: FieldSource): readonly string[] {
  if (how === 'contentType' || how === 'last') return [];
  return how === 'time' ? from.slice(0, 1) : from.filter((path) => path !== MEMBER_IDS);
}

const READERS: Readonly<Record<FieldReading, Reader>> = {
  text: (values) => values.find(isText),
  list: ([value]) => (isListOfTexts(value) ? value : undefined),
  only: ([value]) => (isText(value) ? [value] : undefined),
  count: ([value]) => (isCount(value) ? value : undefined),
  last: (values) => {
    const list = values.find((value) => Array.isArray(value)) as readonly unknown[] | undefined;
    const last = list?.at(-1);
    return isCount(last) ? last : undefined;
  },
  time: (values) => isoOf(values.find((value) => isCount(value))),
  received: (_, __, receivedAt) => receivedAt.toISOString(),
  platform: ([id, name]) => platformOf(id, name),
  contentType: ([type]) => (isCount(type) ? (CONTENT_TYPES[type] ?? String(type)) : undefined),
  number: ([value]) => (isCount(value) ? String(value) : undefined),
  content: ([content]) => contentOf(content),
  words: ([content], { contentType }) => wordsOf(content, contentType),
  mentions: ([users]) => mentionsIn(users),
  quoted: ([content], { contentType }) => (contentType === 114 ? quotedIn(content) : undefined),
  conversation: ([session, sender, receiver, group]) => conversationIdOf(session, sender, receiver, group),
  groupConversation: ([group]) => groupConversationOf(group),
  conversationType: ([session, conversation]) => conversationTypeOf(session, conversation),
  handled: ([result]) => (result === 1 ? 'accepted' : result === -1 ? 'rejected' : undefined),
};

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function isoOf(milliseconds: unknown): string | undefined {
  if (!isCount(milliseconds) || milliseconds > LAST_TIME) return undefined;
  return new Date(milliseconds).toISOString();
}

function memberIds(body: JsonObject): unknown {
  const { memberList } = body;
  if (!Array.isArray(memberList)) return undefined;
  return memberList.map((member: unknown) => (isJsonObject(member) ? member.userID : undefined));
}

/** OpenIM's contents are objects in a text; a text that only looks like a number or a word of JSON is a text. */
function contentOf(content: unknown): unknown {
  if (typeof content !== 'string' || content === '') return undefined;
  return /^\s*[{[]/.test(content) ? (parseJson(content) ?? content) : content;
}

function wordsOf(content: unknown, contentType: unknown): string | undefined {
  const property = typeof contentType === 'number' ? WORDS_IN[contentType] : undefined;
  if (property === undefined || typeof content !== 'string') return undefined;
  const object = parseObject(content);
  // Old clients sent the words alone.
  if (!object) return contentType === 101 && content !== '' ? content : undefined;
  const words = object[property];
  return typeof words === 'string' ? words : undefined;
}

function mentionsIn(users: unknown): readonly string[] | undefined {
  if (!isListOfTexts(users)) return undefined;
  const mentioned = users.filter((user) => user !== EVERYBODY);
  return mentioned.length > 0 ? mentioned : undefined;
}

function isEverybodyMentioned({ atUserList }: JsonObject): boolean {
  return Array.isArray(atUserList) && atUserList.includes(EVERYBODY);
}

function quotedIn(content: unknown): unknown {
  const object = typeof content === 'string' ? parseObject(content) : null;
  const id = object && valueAt(object, 'quoteMessage.serverMsgID');
  return isText(id) ? id : undefined;
}

function changesIn(
  names: Readonly<Record<string, string>>,
  unset: readonly unknown[],
  body: JsonObject,
): JsonObject | undefined {
  const changed = Object.entries(names)
    .map(([name, field]) => [name, body[field]] as const)
    .filter(([, value]) => value !== undefined && !unset.includes(value));
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}
