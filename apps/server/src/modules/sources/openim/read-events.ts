/** Makes events of OpenIM's after-callbacks, and questions of its before-callbacks. */
import { findEvent } from '@im/contracts/events/catalogue';
import { catalogueEvent, originalEvent, type Original } from '../compose-event.js';
import type { BeforeQuestion, SourceEvent } from '../source-kind.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import type { FieldSource, FieldSources, OpenimCommand } from './mapping/describe.js';
import { readField, readFields, restOf } from './read-fields.js';
import { FIRST_NOTIFICATION } from './words.js';

/** More events of one request are left in one, with the original body. */
const MAX_EVENTS = 1_000;

export interface Body {
  text: string;
  data: JsonObject;
}

export function readEvents(command: OpenimCommand, body: Body, receivedAt: Date): SourceEvent[] {
  const original = originalOf(command, body, receivedAt);
  const { event, fields } = formOf(command, body.data);
  if (event === null) return [originalEvent(original)];
  const items = itemsOf(command, body.data);
  const events = items.map((item) =>
    repeatable(
      catalogueEvent(event, payloadOf(command, fields, item, receivedAt), original),
      command,
      body.data,
    ),
  );
  return events.length > 0 && events.every((each) => each.event === event)
    ? events
    : [originalEvent(original)];
}

/** Of what a catalogue event asks for, {@link OpenimCommand.lacks} alone may be missing. */
export function readQuestion(command: OpenimCommand, body: Body, receivedAt: Date): BeforeQuestion {
  const original = originalOf(command, body, receivedAt);
  const { event, fields } = formOf(command, body.data);
  const data = payloadOf(command, fields, body.data, receivedAt);
  if (event !== null && command.lacks !== undefined && event === command.event) {
    const question = questionWithout(event, command.lacks, data);
    if (question) return question;
  }
  const asked = event === null ? originalEvent(original) : catalogueEvent(event, data, original);
  return { event: asked.event, conversationId: asked.conversationId, payload: asked.payload };
}

function originalOf(command: OpenimCommand, { text, data }: Body, receivedAt: Date): Original {
  const readText = (source: FieldSource | undefined) => {
    const value = source && readField(source, data, receivedAt);
    return typeof value === 'string' ? value : null;
  };
  const at = readText(command.occurredAt);
  return {
    kind: 'openim',
    command: command.command,
    payload: text,
    data,
    occurredAt: at === null ? null : new Date(at),
    conversationId: readText(command.conversation),
  };
}

function formOf(command: OpenimCommand, { contentType }: JsonObject) {
  const isNotification = typeof contentType === 'number' && contentType >= FIRST_NOTIFICATION;
  return isNotification && command.notification
    ? { event: 'system.notification', fields: command.notification }
    : { event: command.event, fields: command.fields };
}

function payloadOf(command: OpenimCommand, fields: FieldSources, body: JsonObject, receivedAt: Date) {
  const sources = [...Object.values(fields), ...(command.occurredAt ? [command.occurredAt] : [])];
  const rest = restOf(sources, body, command.keepsCommand === true);
  return { ...readFields(fields, body, receivedAt), ...(rest && { extra: { openim: rest } }) };
}

function itemsOf({ each }: OpenimCommand, body: JsonObject): JsonObject[] {
  if (!each) return [body];
  const { [each.list]: items, ...rest } = body;
  if (!Array.isArray(items) || items.length > MAX_EVENTS) return [];
  const { as } = each;
  return items.map((item: unknown) => {
    if (as !== null) return { ...rest, [as]: item };
    return isJsonObject(item) ? item : {};
  });
}

function repeatable(event: SourceEvent, { repeatedBy }: OpenimCommand, body: JsonObject): SourceEvent {
  const key = repeatedBy === undefined ? undefined : body[repeatedBy];
  if (event.event !== 'message.sent' || typeof key !== 'string') return event;
  return { ...event, repeat: { key, withinMs: null } };
}

/** Valid for any field that is an id. */
const STAND_IN = 'id';

function questionWithout(event: string, field: string, data: JsonObject): BeforeQuestion | null {
  const present = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
  const isRightOtherwise = findEvent(event)?.schema.safeParse({ ...present, [field]: STAND_IN }).success;
  return isRightOtherwise ? { event, conversationId: null, payload: JSON.stringify(present) } : null;
}
