/** Reads `msg.offline`: a message and those it did not reach, of a large group in several requests. */
import { hash } from 'node:crypto';
import { catalogueEvent, originalEvent, type Original } from '../compose-event.js';
import type { SourceEvent } from '../source-kind.js';
import { imMessageOf, isCommand, messageIdOf, notificationOf, senderOf, sentAtOf } from './message.js';
import { recipientsOf } from './recipients.js';
import type { JsonObject } from './wire-values.js';

export const MSG_OFFLINE = 'msg.offline';
/** Bytes of the recipients of one event, so that it stays within 256 KiB with its message. */
const MAX_RECIPIENT_BYTES = 196_608;

/** @returns none when it reached everybody, or only the sender is named */
export function offlineEvents(message: JsonObject): SourceEvent[] {
  const recipientIds = recipientsOf(message, senderOf(message));
  if (recipientIds === null) {
    const { to_uids: plain, compress_to_uids: compressed } = message;
    return [originalEvent(originalOf(message, JSON.stringify([plain, compressed])))];
  }
  return inParts(recipientIds).map((part) => offlineEvent(message, part));
}

function offlineEvent(message: JsonObject, recipientIds: string[]): SourceEvent {
  const original = originalOf(message, JSON.stringify(recipientIds.toSorted()));
  if (isCommand(message)) {
    const about = { event: MSG_OFFLINE, to_uids: recipientIds };
    return catalogueEvent('system.notification', notificationOf(message, about), original);
  }
  const read = imMessageOf(message);
  return read
    ? catalogueEvent('message.offline', { message: read, recipientIds }, original)
    : originalEvent(original);
}

/** @param recipients tell the requests of one message apart */
function originalOf(message: JsonObject, recipients: string): Original {
  const id = messageIdOf(message);
  const part = hash('sha256', recipients, 'base64url');
  return {
    kind: 'wukongim',
    command: MSG_OFFLINE,
    payload: JSON.stringify(message),
    data: message,
    occurredAt: sentAtOf(message),
    repeat: id === undefined ? null : { key: `${MSG_OFFLINE}:${id}`, withinMs: null, part },
  };
}

function inParts(uids: readonly string[]): string[][] {
  const parts: string[][] = [];
  let bytes = MAX_RECIPIENT_BYTES;
  for (const uid of uids) {
    const size = Buffer.byteLength(JSON.stringify(uid)) + 1;
    if (bytes + size > MAX_RECIPIENT_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(uid);
    bytes += size;
  }
  return parts;
}
