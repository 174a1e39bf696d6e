/**
 * Maps DooTask's events to the catalogue. Fields that the catalogue has no place for go to `extra.dootask` under the names
 * that DooTask gives them; what the catalogue requires and DooTask did not send makes it a `dootask.<event>`.
 *
 * | DooTask                  | Event                  | Fields                                                          |
 * | ------------------------ | ---------------------- | --------------------------------------------------------------- |
 * | `message`, or no `event` | `bot.message`          | botId = bot_uid, isMentioned = mention, replyText = reply_text, |
 * |                          |                        | sessionId = session_id; message: messageId = msg_id,            |
 * |                          |                        | senderId = msg_uid, text, sentAt = timestamp                    |
 * | `dialog_open`            | `conversation.opened`  | groupType = group_type, name = dialog_name, member, operator    |
 * | `member_join`            | `group.member.joined`  | groupId = dialog_id, groupName = dialog_name,                   |
 * | `member_leave`           | `group.member.left`    | memberIds = member.userid, operatorId = operator.userid         |
 *
 * Conversations are `dootask:<dialog_id>`, `single` for dialog_type `user`, `group` for `group`.
 */
import { catalogueEvent, originalEvent, type Original } from '../compose-event.js';
import type { OpenedSourceSettings, SourceEvent } from '../source-kind.js';
import { flagOf, idOf, instantOf, isFields, present, textOf, type Fields } from './field-values.js';
import { withoutTokens } from './redact-tokens.js';

const CONVERSATION_PREFIX = 'dootask:';
const MAX_COMMAND_LENGTH = 100;

const TYPES: ReadonlyMap<unknown, string> = new Map([
  ['user', 'single'],
  ['group', 'group'],
]);
/** What the events of the catalogue say in fields of their own. */
const MAPPED_OF_MESSAGE: ReadonlySet<string> = new Set([
  ...['event', 'text', 'reply_text', 'session_id', 'msg_id', 'msg_uid', 'mention', 'bot_uid', 'timestamp'],
]);
const MAPPED_OF_OTHERS: ReadonlySet<string> = new Set(['event', 'dialog_name']);

interface Reading {
  fields: Fields;
  settings: OpenedSourceSettings;
  receivedAt: Date;
  original: Original;
}

/** @returns null: the body is no event of DooTask's */
export function commandOf({ event, msg_id: messageId }: Fields): string | null {
  const name = textOf(event);
  if (name !== undefined) return name.slice(0, MAX_COMMAND_LENGTH);
  // Until version 0.42.3 messages were all there was, so they had no name.
  return textOf(messageId) === undefined ? null : 'message';
}

/** @param fields without tokens */
export function eventOf(
  command: string,
  fields: Fields,
  settings: OpenedSourceSettings,
  receivedAt: Date,
): SourceEvent {
  const conversationId = conversationOf(fields) ?? null;
  const occurredAt = command === 'message' ? instantOf(fields.timestamp) : null;
  const payload = JSON.stringify(fields);
  const original: Original = { kind: 'dootask', command, payload, data: fields, occurredAt, conversationId };
  const reading = { fields, settings, receivedAt, original };
  switch (command) {
    case 'message':
      return messageEvent(reading);
    case 'dialog_open':
      return openedEvent(reading);
    case 'member_join':
      return memberEvent('group.member.joined', reading);
    case 'member_leave':
      return memberEvent('group.member.left', reading);
    default:
      return originalEvent(original);
  }
}

function messageEvent({ fields, settings, receivedAt, original }: Reading): SourceEvent {
  const { text, msg_user: user } = fields;
  const dialogId = idOf(fields.dialog_id);
  if (typeof text !== 'string' || dialogId === undefined) return originalEvent(original);
  const botId = idOf(fields.bot_uid) ?? settings.botId ?? undefined;
  const conversationType = TYPES.get(fields.dialog_type);
  const message = present({
    messageId: idOf(fields.msg_id),
    conversationId: conversationOf(fields),
    conversationType,
    senderId: idOf(fields.msg_uid),
    senderNickname: isFields(user) ? textOf(user.nickname) : undefined,
    receiverId: conversationType === 'single' ? botId : undefined,
    groupId: conversationType === 'group' ? dialogId : undefined,
    contentType: 'text',
    content: { text },
    text,
    status: 'normal',
    sentAt: (original.occurredAt ?? receivedAt).toISOString(),
  });
  return catalogueEvent(
    'bot.message',
    {
      botId,
      message,
      isMentioned: flagOf(fields.mention),
      replyText: textOf(fields.reply_text),
      sessionId: idOf(fields.session_id),
      extra: { dootask: restOf(fields, MAPPED_OF_MESSAGE) },
    },
    original,
  );
}

function openedEvent({ fields, settings, original }: Reading): SourceEvent {
  const member = participantOf(fields.member);
  const operator = participantOf(fields.operator);
  return catalogueEvent(
    'conversation.opened',
    {
      conversationId: conversationOf(fields),
      conversationType: TYPES.get(fields.dialog_type),
      groupType: textOf(fields.group_type),
      name: textOf(fields.dialog_name),
      member,
      // DooTask names the same person twice.
      operator: operator?.userId === member?.userId ? undefined : operator,
      extra: { dootask: { ...restOf(fields, MAPPED_OF_OTHERS), ...botOf(settings) } },
    },
    original,
  );
}

function memberEvent(event: string, { fields, settings, original }: Reading): SourceEvent {
  const memberId = participantOf(fields.member)?.userId;
  if (fields.dialog_type !== 'group' || memberId === undefined) return originalEvent(original);
  return catalogueEvent(
    event,
    {
      groupId: idOf(fields.dialog_id),
      groupName: textOf(fields.dialog_name),
      memberIds: [memberId],
      operatorId: participantOf(fields.operator)?.userId,
      extra: { dootask: { ...restOf(fields, MAPPED_OF_OTHERS), ...botOf(settings) } },
    },
    original,
  );
}

function conversationOf(fields: Fields): string | undefined {
  const dialogId = idOf(fields.dialog_id);
  return dialogId === undefined ? undefined : `${CONVERSATION_PREFIX}${dialogId}`;
}

function participantOf(value: unknown): { userId?: string } | undefined {
  if (!isFields(value)) return undefined;
  return present({ userId: idOf(value.userid), nickname: textOf(value.nickname), isBot: flagOf(value.bot) });
}

/** Three of the four events do not say which bot they are for: only the source's settings can. */
function botOf({ botId }: OpenedSourceSettings): Fields {
  return botId == null ? {} : { bot_uid: botId };
}

function restOf(fields: Fields, mapped: ReadonlySet<string>): Record<string, unknown> {
  const rest = Object.entries(fields).filter(([name]) => !mapped.has(name));
  return withoutTokens(Object.fromEntries(rest)) as Record<string, unknown>;
}
