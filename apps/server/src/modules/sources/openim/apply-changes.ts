/** Writes a receiver's changes as the fields of OpenIM's answer: what OpenIM could not read, or would crash over, is left out. */
import { isJsonObject, parseObject, valueAt, type JsonObject } from './json-object.js';
import type { OpenimCommand, ResponseField, ResponseType } from './mapping/describe.js';
import { EVERYBODY, FIRST_NOTIFICATION, WORDS_IN } from './words.js';

export const MAX_IDS = 100_000;
const LARGEST_INTEGER = 2_147_483_647;

type Writer = (value: unknown, body: JsonObject, changes: JsonObject) => unknown;

export function modify(command: OpenimCommand, body: JsonObject, changes: JsonObject): JsonObject {
  const written = command.changes.map((field) => [field.name, write(field, body, changes)] as const);
  return Object.fromEntries(written.filter(([, value]) => value !== undefined));
}

function write(field: ResponseField, body: JsonObject, changes: JsonObject): unknown {
  if (field.onlyWhenSet && (body[field.name] ?? null) === null) return undefined;
  const paths = [...field.payload, field.name];
  const value = paths
    .map((path) => valueAt(changes, path))
    .find((each) => each !== undefined && each !== null);
  // A change of the words alone names no content, and one of the push may name its parts.
  return value === undefined && field.type !== 'push' ? undefined : WRITERS[field.type](value, body, changes);
}

const WRITERS: Readonly<Record<ResponseType, Writer>> = {
  text: textOf,
  integer: (value) => (isInteger(value) ? value : undefined),
  'long integer': (value) => (Number.isSafeInteger(value) ? value : undefined),
  'yes or no': (value) => (typeof value === 'boolean' ? value : undefined),
  'list of ids': (value, body) => idsOf(value, body),
  content: contentOf,
  'content type': (value) =>
    isInteger(value) && value > 100 && value < FIRST_NOTIFICATION ? value : undefined,
  options: (value) =>
    isJsonObject(value) && Object.values(value).every((each) => typeof each === 'boolean')
      ? value
      : undefined,
  push: pushOf,
  users: usersOf,
  members: membersOf,
};

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toWellFormed() : undefined;
}

export function isInteger(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) <= LARGEST_INTEGER;
}

function isListOfIds(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= MAX_IDS &&
    value.every((each) => typeof each === 'string' && each !== '')
  );
}

/** The mark for everybody is not among the mentioned users of the question, so it is kept. */
function idsOf(value: unknown, { atUserList }: JsonObject): readonly string[] | undefined {
  if (!isListOfIds(value)) return undefined;
  const isForAll = Array.isArray(atUserList) && atUserList.includes(EVERYBODY);
  return isForAll && !value.includes(EVERYBODY) ? [...value, EVERYBODY] : value;
}

/** A message's content is an object in a text; other texts would make the sending fail, so they are taken as words. */
function contentOf(_: unknown, body: JsonObject, changes: JsonObject): string | undefined {
  const { content, text } = changes;
  if (isJsonObject(content)) return JSON.stringify(content);
  if (typeof content === 'string' && parseObject(content)) return content;
  const words = typeof content === 'string' ? content : text;
  const property = typeof body.contentType === 'number' ? WORDS_IN[body.contentType] : undefined;
  if (typeof words !== 'string' || property === undefined) return undefined;
  const present = typeof body.content === 'string' ? parseObject(body.content) : null;
  return JSON.stringify({ ...present, [property]: words });
}

const PUSH_TEXTS = ['title', 'desc', 'ex', 'iOSPushSound', 'signalInfo'] as const;

/** OpenIM replaces the whole push, so what does not change is repeated. */
function pushOf(value: unknown, body: JsonObject, changes: JsonObject): JsonObject | undefined {
  const given = isJsonObject(value) ? value : changes;
  const texts = PUSH_TEXTS.map((name) => [name, textOf(given[name]) ?? textOf(body[name]) ?? ''] as const);
  const isGiven = [...PUSH_TEXTS, 'iOSBadgeCount'].some((name) => given[name] !== undefined);
  if (!isGiven) return undefined;
  const badge = [given.iOSBadgeCount, body.iOSBadgeCount].find((each) => typeof each === 'boolean');
  return { ...Object.fromEntries(texts), iOSBadgeCount: badge ?? false };
}

const USER_TEXTS = ['userID', 'nickname', 'faceURL', 'ex'] as const;
const USER_NUMBERS = ['createTime', 'appMangerLevel', 'globalRecvMsgOpt'] as const;

/** The list replaces that of the request; a user who is in both keeps what the change does not name. */
function usersOf(value: unknown, body: JsonObject): readonly JsonObject[] | undefined {
  const present = byUserId(body.users);
  const given = listWithIds(value)?.map((user) => {
    const whole = { ...present.get(String(user.userID)), ...user };
    return { ...pick(whole, USER_TEXTS, isText), ...pick(whole, USER_NUMBERS, isSafe) };
  });
  return given && given.length > 0 ? given : undefined;
}

const MEMBER_TEXTS = ['userID', 'nickname', 'faceURL', 'ex'] as const;

/** OpenIM looks each of them up among those who join, and crashes over one without an id. */
function membersOf(value: unknown, body: JsonObject): readonly JsonObject[] | undefined {
  const joining = byUserId(body.memberList);
  const given = listWithIds(value)
    ?.filter(({ userID }) => joining.has(String(userID)))
    .map((member) => ({
      ...pick(member, MEMBER_TEXTS, isText),
      ...pick(member, ['roleLevel'], isInteger),
      ...pick(member, ['muteEndTime'], isSafe),
    }));
  return given && given.length > 0 ? given : undefined;
}

export function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isSafe(value: unknown): boolean {
  return Number.isSafeInteger(value);
}

function hasUserId(value: unknown): value is JsonObject {
  return isJsonObject(value) && typeof value.userID === 'string' && value.userID !== '';
}

function listWithIds(value: unknown): readonly JsonObject[] | undefined {
  return Array.isArray(value) && value.length <= MAX_IDS && value.every(hasUserId) ? value : undefined;
}

function byUserId(value: unknown): ReadonlyMap<string, JsonObject> {
  const list = Array.isArray(value) ? value.filter(hasUserId) : [];
  return new Map(list.map((each) => [String(each.userID), each]));
}

function pick(
  object: JsonObject,
  names: readonly string[],
  isRight: (value: unknown) => boolean,
): JsonObject {
  return Object.fromEntries(
    names.filter((name) => isRight(object[name])).map((name) => [name, object[name]] as const),
  );
}
