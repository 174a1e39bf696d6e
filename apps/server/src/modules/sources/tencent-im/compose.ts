/** Makes events and questions of requests, by the mapping tables. */
import { hash } from 'node:crypto';
import { idSchema } from '@im/contracts/events/fields';
import { catalogueEvent, originalEvent, type Original } from '../compose-event.js';
import type { BeforeQuestion, SourceEvent } from '../source-kind.js';
import { holds, type Mapping, type TencentCommand } from './command.js';
import { readFields, type Given } from './field-sources.js';
import { dateOf, idOf, type Body } from './read-values.js';

const KIND = 'tencent-im';
/** Events of one request: more is nothing that Tencent sends. */
const MAX_ITEMS = 10_000;
/** What all events of a request repeat, all but its list: a limit for bodies that are made to multiply. */
const MAX_REPEATED_CHARACTERS = 16_777_216;
/** Without an `EventTime` the same bytes may be a later event of the same kind. */
const RETRY_WITHIN_MS = 10_000;

type Repeat = NonNullable<SourceEvent['repeat']>;

export interface ReadRequest extends Given {
  command: TencentCommand;
  /** The body as it came. */
  text: string;
}

/** At least one event: what does not fit the catalogue whole is one event with the original body. */
export function composeEvents(request: ReadRequest): SourceEvent[] {
  const { command, body } = request;
  const original = originalOf(request);
  const mapping = command.mappings.find((each) => holds(each, body));
  const items = mapping && itemsOf(mapping, request);
  if (!mapping || !items || items.length === 0) return [originalEvent(original)];
  const events = items.map((item, index) =>
    catalogueEvent(mapping.event, dataOf(mapping, request, item), {
      ...original,
      repeat: repeatOf(request, index, original.repeat),
    }),
  );
  return events.every(({ event }) => event === mapping.event) ? events : [originalEvent(original)];
}

/** A question is about one thing: a request about several friends is asked with the original body. */
export function composeQuestion(request: ReadRequest): BeforeQuestion {
  const { command, body } = request;
  const original = originalOf(request);
  for (const mapping of command.mappings) {
    const [item, ...others] = itemsOf(mapping, request) ?? [];
    if (!item || others.length > 0 || !holds(mapping, { ...body, ...item })) continue;
    const { event, conversationId, payload } = catalogueEvent(
      mapping.event,
      dataOf(mapping, request, item),
      original,
    );
    return { event, conversationId, payload };
  }
  const { event, conversationId, payload } = originalEvent(original);
  return { event, conversationId, payload };
}

function originalOf(request: ReadRequest): Original & { repeat: Repeat } {
  const { command, body, text } = request;
  return {
    kind: KIND,
    command: command.command,
    payload: text,
    data: body,
    occurredAt:
      dateOf(body.EventTime, 1) ?? dateOf(body.MsgTime, 1_000) ?? dateOf(body.LastReadTime, 1_000) ?? null,
    // Events that are not of the catalogue are not checked against a schema.
    conversationId: idSchema.safeParse(command.conversation?.read(request)).data ?? null,
    repeat: sameBytesOf(request),
  };
}

function dataOf(mapping: Mapping, request: ReadRequest, item: Body): Record<string, unknown> {
  const given = { ...request, body: { ...request.body, ...item } };
  const rest = restOf(mapping, given, item);
  const extra = Object.keys(rest).length > 0 ? { [KIND]: rest } : undefined;
  return { ...readFields(mapping.fields, given), extra };
}

/** What the payload has no field for, in the vendor's words. */
function restOf({ fields, each }: Mapping, { body, query }: Given, item: Body): Body {
  const used = new Set(Object.values(fields).flatMap(({ uses }) => uses));
  used.add('CallbackCommand').add('EventTime');
  if (each && !Object.hasOwn(item, each.from)) used.add(each.from);
  return {
    ...Object.fromEntries(Object.entries(body).filter(([name]) => !used.has(name))),
    ...(query.platform !== undefined && { OptPlatform: query.platform }),
    ...(query.clientIp !== undefined && { ClientIP: query.clientIp }),
  };
}

/** @returns undefined: there are none, or more than can be meant */
function itemsOf({ each }: Mapping, { body }: ReadRequest): readonly Body[] | undefined {
  if (!each) return [{}];
  const items = each.items(body);
  if (!items || items.length > MAX_ITEMS) return undefined;
  if (items.length < 2) return items;
  const [list] = each.from.split('[');
  const repeated = Object.entries(body).filter(([name]) => name !== list);
  const characters = JSON.stringify(repeated).length * items.length;
  return characters > MAX_REPEATED_CHARACTERS ? undefined : items;
}

/**
 * Tencent can be set to send what was not answered in time again (page 1047/34354, timeout and retry): a message is
 * recognised by its id, everything else by its bytes.
 */
function repeatOf(request: ReadRequest, index: number, sameBytes: Repeat): Repeat {
  const { command } = request;
  const key = idOf(command.key?.read(request));
  if (key === undefined) return { ...sameBytes, key: `${sameBytes.key}:${String(index)}` };
  const conversation = idOf(command.conversation?.read(request)) ?? '';
  return { key: `${command.command}:${conversation}:${key}:${String(index)}`, withinMs: null };
}

function sameBytesOf({ command, body, text }: ReadRequest): Repeat {
  const digest = hash('sha256', text, 'base64url');
  return {
    key: `${command.command}:${digest}`,
    withinMs: dateOf(body.EventTime, 1) ? null : RETRY_WITHIN_MS,
  };
}
