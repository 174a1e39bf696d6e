/** Makes messages and notifications of the catalogue from WuKongIM's message objects, which are alike in all requests. */
import type { ImMessage } from '@im/contracts/events/im-message';
import type { SystemNotificationPayload } from '@im/contracts/events/system';
import { kindSchema } from '@im/contracts/events/fields';
import { isCommandChannel, placeOf, SYSTEM_UID, type Channel, type Place } from './channel.js';
import { readPayload, type Content } from './payload.js';
import { countOf, digitsOf, idOf, isObject, type JsonObject } from './wire-values.js';

/** The last second that ISO 8601 writes with four digits. */
const MAX_SECONDS = 253_402_300_799;
/** The type of commands that do not name theirs. */
const COMMAND = 'cmd';

/** Fields that an event has under another name, or that are about the request: all others go into `extra`. */
const MAPPED_FIELDS = new Set([
  'message_id',
  'message_idstr',
  'client_msg_no',
  'message_seq',
  'from_uid',
  'timestamp',
  'payload',
  'to_uids',
  'compress',
  'compress_to_uids',
]);

/** Commands are told to clients once and are no chat messages. */
export function isCommand(message: JsonObject): boolean {
  const { header, channel_id: channelId } = message;
  const syncOnce = isObject(header) ? header.sync_once : undefined;
  return (
    syncOnce === 1 || syncOnce === true || (typeof channelId === 'string' && isCommandChannel(channelId))
  );
}

/** To the digit. Undefined when it has none. */
export function messageIdOf({ message_idstr: text, message_id: number }: JsonObject): string | undefined {
  const id = idOf(text) ?? digitsOf(number);
  return id === '0' ? undefined : id;
}

/** v2 leaves the system's id out of `msg.notify`. Undefined when there is no sender. */
export function senderOf({ from_uid: uid }: JsonObject): string | undefined {
  return uid === '' ? SYSTEM_UID : idOf(uid);
}

export function sentAtOf({ timestamp }: JsonObject): Date | null {
  const seconds = countOf(timestamp) ?? 0;
  return seconds > 0 && seconds <= MAX_SECONDS ? new Date(seconds * 1_000) : null;
}

/** @returns null when a field that a message must have is not there */
export function imMessageOf(message: JsonObject): ImMessage | null {
  const messageId = messageIdOf(message);
  const senderId = senderOf(message);
  const channel = channelOf(message);
  const place = channel !== null && senderId !== undefined ? placeOf(channel, senderId) : null;
  const content = readPayload(message.payload);
  const sentAt = sentAtOf(message);
  if (messageId === undefined || senderId === undefined || !place || !content || !sentAt) return null;
  const clientMessageId = idOf(message.client_msg_no);
  const seq = countOf(message.message_seq);
  return {
    messageId,
    ...(clientMessageId !== undefined && { clientMessageId }),
    ...inOrder(place),
    senderId,
    ...content,
    // 0: it was not stored, and has no place in the conversation.
    ...(seq !== undefined && seq > 0 && { seq }),
    status: 'normal',
    sentAt: sentAt.toISOString(),
    extra: { wukongim: restOf(message) },
  };
}

/** Commands often lose their recipient on the way: what is not known is left out. */
export function notificationOf(
  message: JsonObject,
  about: Readonly<Record<string, unknown>> = {},
): SystemNotificationPayload {
  const senderId = senderOf(message);
  const channel = channelOf(message);
  const place = channel !== null && senderId !== undefined ? placeOf(channel, senderId) : null;
  const content = readPayload(message.payload);
  return {
    notificationType: commandOf(content),
    messageId: messageIdOf(message),
    ...(place && idOf(place.conversationId) !== undefined && inOrder(place)),
    senderId,
    ...(content && { content: content.content, text: content.text }),
    sentAt: sentAtOf(message)?.toISOString(),
    extra: { wukongim: { ...restOf(message), ...about } },
  };
}

function commandOf(content: Content | null): string {
  const name = isObject(content?.content) ? content.content.cmd : undefined;
  const kind = kindSchema.safeParse(name);
  return kind.success ? kind.data : COMMAND;
}

function channelOf({ channel_id: id, channel_type: type }: JsonObject): Channel | null {
  const number = countOf(type);
  return typeof id === 'string' && number !== undefined ? { id, type: number } : null;
}

function inOrder({ conversationId, conversationType, receiverId, groupId }: Place): Place {
  return {
    conversationId,
    conversationType,
    ...(receiverId !== undefined && { receiverId }),
    ...(groupId !== undefined && { groupId }),
  };
}

/** What the catalogue has no field for: header, setting, expire, topic, the channel, and what newer versions add. */
function restOf(message: JsonObject): Record<string, unknown> {
  const { message_seq: seq } = message;
  return {
    ...Object.fromEntries(Object.entries(message).filter(([name]) => !MAPPED_FIELDS.has(name))),
    ...(seq !== undefined && countOf(seq) === undefined && { message_seq: seq }),
  };
}
