/** Reads `msg.notify`: every message that was sent, in batches that are sent again whole when one was not accepted. */
import { catalogueEvent, originalEvent, type Original } from '../compose-event.js';
import type { SourceEvent } from '../source-kind.js';
import { imMessageOf, isCommand, messageIdOf, notificationOf, sentAtOf } from './message.js';
import type { JsonObject } from './wire-values.js';

export const MSG_NOTIFY = 'msg.notify';

export function messageEvent(message: JsonObject): SourceEvent {
  const id = messageIdOf(message);
  const original: Original = {
    kind: 'wukongim',
    command: MSG_NOTIFY,
    payload: JSON.stringify(message),
    data: message,
    occurredAt: sentAtOf(message),
    repeat: id === undefined ? null : { key: `${MSG_NOTIFY}:${id}`, withinMs: null },
  };
  if (isCommand(message)) return catalogueEvent('system.notification', notificationOf(message), original);
  const read = imMessageOf(message);
  return read ? catalogueEvent('message.sent', read, original) : originalEvent(original);
}
