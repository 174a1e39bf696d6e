/**
 * Checks the fields of an answer that a receiver wrote for OpenIM: one that the command may not change, of the wrong type,
 * or that OpenIM would crash over, is left out. OpenIM blocks what the user wanted over a single wrong type.
 */
import { isInteger, isText, MAX_IDS } from './apply-changes.js';
import { isJsonObject, parseObject, type JsonObject } from './json-object.js';
import type { OpenimCommand, ResponseField, ResponseType } from './mapping/describe.js';
import { FIRST_NOTIFICATION } from './words.js';

const COMMON = new Set(['actioncode', 'errcode', 'errmsg', 'errdlt', 'nextcode']);

/** What OpenIM reads as well: ids and receivers, which are not to change, and fields that it does not apply. */
export const UNCHANGEABLE: Readonly<Record<string, readonly string[]>> = {
  callbackBeforeMsgModifyCommand: [
    ...['recvID', 'groupID', 'clientMsgID', 'serverMsgID', 'senderPlatformID', 'sessionType', 'msgFrom'],
    ...['status', 'offlinePushInfo', 'msgDataList'],
  ],
  callbackBeforeOnlinePushCommand: ['userIDList', 'offlinePushInfo'],
  callbackBeforeGroupOnlinePushCommand: ['offlinePushInfo'],
  callbackBeforeCreateGroupCommand: ['applyMemberFriend'],
  callbackBeforeInviteJoinGroupCommand: ['refusedMembersAccount'],
  callbackBeforeSetGroupInfoCommand: ['notification'],
  callbackBeforeSetGroupInfoExCommand: ['notification'],
};

export interface CheckedFields {
  /** All that goes to OpenIM, in the receiver's order and case. */
  kept: readonly (readonly [name: string, value: unknown])[];
  /** Of these, what changes something; null: nothing does. */
  changes: JsonObject | null;
}

/** @param answer no refusal; its common fields are right */
export function checkFields(command: OpenimCommand, body: JsonObject, answer: JsonObject): CheckedFields {
  const kept = Object.entries(answer).filter(([name, value]) => isKept(command, body, name, value));
  const changes = kept.filter(([name, value]) => value !== null && fieldNamed(command, name) !== undefined);
  return { kept, changes: changes.length > 0 ? Object.fromEntries(changes) : null };
}

function isKept(command: OpenimCommand, body: JsonObject, name: string, value: unknown): boolean {
  if (COMMON.has(name.toLowerCase())) return true;
  const field = fieldNamed(command, name);
  if (field) return value === null || isRight(field, body, value);
  const repeated = (command.echo ?? []).find((each) => isSame(each, name));
  if (repeated !== undefined) return value === body[repeated];
  // OpenIM ignores what it does not know; a newer one may know it.
  return !(UNCHANGEABLE[command.command] ?? []).some((each) => isSame(each, name));
}

/** OpenIM matches names in any case. */
function fieldNamed({ changes }: OpenimCommand, name: string): ResponseField | undefined {
  return changes.find((field) => isSame(field.name, name));
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isRight({ name, type, onlyWhenSet }: ResponseField, body: JsonObject, value: unknown): boolean {
  if (onlyWhenSet && (body[name] ?? null) === null) return false;
  return CHECKS[type](value, body);
}

const CHECKS: Readonly<Record<ResponseType, (value: unknown, body: JsonObject) => boolean>> = {
  text: isText,
  integer: isInteger,
  'long integer': Number.isSafeInteger,
  'yes or no': isFlag,
  'list of ids': (value) => Array.isArray(value) && value.length <= MAX_IDS && value.every(isText),
  // Another text would make the sending fail.
  content: (value) => typeof value === 'string' && parseObject(value) !== null,
  'content type': (value) => isInteger(value) && value > 100 && value < FIRST_NOTIFICATION,
  options: (value) => isJsonObject(value) && Object.values(value).every(isFlag),
  push: (value) =>
    hasOnly(value, {
      ...{ title: isText, desc: isText, ex: isText, iOSPushSound: isText, signalInfo: isText },
      iOSBadgeCount: isFlag,
    }),
  users: (value) => isListOf(value, { ...PERSON, ...ACCOUNT }),
  // OpenIM looks each of them up among those who join, and crashes over one that it does not find.
  members: (value, body) =>
    isListOf(value, { ...PERSON, roleLevel: isInteger, muteEndTime: Number.isSafeInteger }) &&
    areJoining(value, body),
};

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const PERSON: Shape = { userID: isText, nickname: isText, faceURL: isText, ex: isText };
const ACCOUNT: Shape = {
  createTime: Number.isSafeInteger,
  appMangerLevel: isInteger,
  globalRecvMsgOpt: isInteger,
};

function isListOf(value: unknown, shape: Shape): value is readonly JsonObject[] {
  return (
    Array.isArray(value) &&
    value.length <= MAX_IDS &&
    value.every((item: unknown) => hasOnly(item, shape) && idOf(item) !== undefined)
  );
}

function areJoining(members: readonly JsonObject[], { memberList }: JsonObject): boolean {
  const joining = new Set(Array.isArray(memberList) ? memberList.map(idOf) : []);
  return members.every((member) => joining.has(idOf(member)));
}

function idOf(item: unknown): string | undefined {
  const entry = isJsonObject(item) && Object.entries(item).find(([name]) => isSame(name, 'userID'));
  return entry && typeof entry[1] === 'string' && entry[1] !== '' ? entry[1] : undefined;
}

/** Null leaves a field as it is, and names that OpenIM does not know are ignored by it. */
function hasOnly(value: unknown, shape: Shape): boolean {
  if (!isJsonObject(value)) return false;
  return Object.entries(value).every(([name, each]) => {
    const known = Object.keys(shape).find((one) => isSame(one, name));
    return each === null || known === undefined || shape[known]?.(each) === true;
  });
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}
