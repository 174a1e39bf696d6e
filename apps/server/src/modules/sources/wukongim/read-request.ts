/** Reads a request of WuKongIM by the event that its query names. Versions differ in the bytes, not in the form. */
import { hash } from 'node:crypto';
import { parseExactly } from '@im/contracts/exact-json';
import { originalEvent } from '../compose-event.js';
import type { SourceEvent, SourceReading, SourceRequest } from '../source-kind.js';
import { MSG_NOTIFY, messageEvent } from './read-messages.js';
import { MSG_OFFLINE, offlineEvents } from './read-offline.js';
import { statusEvent, USER_ONLINESTATUS } from './read-statuses.js';
import { isObject } from './wire-values.js';

const MAX_SHOWN = 100;
/** Items of an event that is not known; more are one event. */
const MAX_UNKNOWN_ITEMS = 1_000;
/** The same item again within this time is a retry: v3 sends everything twice. */
const RETRY_WITHIN_MS = 10_000;
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** Each takes one item of the body; undefined when it is none of the event's. */
const READERS: Readonly<Record<string, (item: unknown) => SourceEvent[] | undefined>> = {
  [MSG_NOTIFY]: (item) => (isObject(item) ? [messageEvent(item)] : undefined),
  [MSG_OFFLINE]: (item) => (isObject(item) ? offlineEvents(item) : undefined),
  [USER_ONLINESTATUS]: (item) => {
    const event = typeof item === 'string' ? statusEvent(item) : null;
    return event ? [event] : undefined;
  },
};

/** v2 appends `?event=` even to an address that has a query already: the last one counts. */
export function eventOf({ query }: Pick<SourceRequest, 'query'>): string | null {
  const name = [...query.matchAll(/(?:^|[&?])event=([^&?]*)/g)].at(-1)?.[1] ?? '';
  try {
    return decodeURIComponent(name.replaceAll('+', ' ')) || null;
  } catch {
    return name;
  }
}

export function readRequest(request: SourceRequest): SourceReading {
  const event = eventOf(request);
  const command = event?.slice(0, MAX_SHOWN) ?? null;
  const notUnderstood = (reason: string): SourceReading => ({ kind: 'not_understood', command, reason });
  if (request.method !== 'POST') return notUnderstood(describeMethod(request));
  if (event === null) return notUnderstood('The query names no event: httpAddr must end in the token');
  const items = itemsOf(request.body);
  if (typeof items === 'string') return notUnderstood(items);
  if (!Object.hasOwn(READERS, event)) return unknownEvents(event.slice(0, MAX_SHOWN), items);
  const read = items.map((item) => READERS[event]?.(item));
  if (items.length > 0 && read.every((events) => events === undefined)) {
    return notUnderstood(`The body holds nothing that belongs into ${event}`);
  }
  const events = items.flatMap((item, index) => read[index] ?? [unreadEvent(event, item)]);
  return { kind: 'events', command: event, events };
}

/** Of a version or build that says more: each item is delivered as it came. */
function unknownEvents(command: string, items: unknown[]): SourceReading {
  const unmapped = items.length > MAX_UNKNOWN_ITEMS ? [{ items }] : items;
  const events = unmapped.map((item, index) => {
    const event = isObject(item)
      ? originalEvent({ kind: 'wukongim', command, payload: JSON.stringify(item), data: item })
      : unreadEvent(command, item);
    const digest = hash('sha256', event.payload, 'base64url');
    const key = `${command}:${String(index)}:${digest}`;
    return { ...event, repeat: { key, withinMs: RETRY_WITHIN_MS } };
  });
  return { kind: 'events', command, events };
}

/** What stands among understood items is delivered as it came. */
function unreadEvent(command: string, item: unknown): SourceEvent {
  const data = { item };
  return originalEvent({ kind: 'wukongim', command, payload: JSON.stringify(data), data });
}

function describeMethod({ method, headers }: SourceRequest): string {
  return headers.referer === undefined
    ? `${method.slice(0, MAX_SHOWN)} carries no event: WuKongIM posts them`
    : 'It followed a redirect, on which WuKongIM loses the event: httpAddr must be the address itself';
}

/** @returns why there are none, as text */
function itemsOf(body: Buffer): unknown[] | string {
  if (body.length === 0) return 'The body is empty';
  try {
    const value = parseExactly(UTF_8.decode(body));
    return Array.isArray(value) ? (value as unknown[]) : [value];
  } catch {
    return 'The body is not valid JSON';
  }
}
