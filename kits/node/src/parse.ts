/** Reads the events of a verified request, in every format, alone or in a batch. */
import { CallbackError } from './errors.js';
import { headerReader, type HeaderReader, type HeaderSource } from './headers.js';
import { parseJson } from './json.js';
import type { EventPayloads } from './payloads.js';

export type CallbackFormat = 'im' | 'standard-webhooks' | 'cloudevents' | 'flat' | 'raw';

/** An event for a webhook. */
export interface Callback<E extends string = string> {
  /** The same in every retry and redelivery: drop duplicates by it. */
  callbackId: string;
  event: E;
  /** When the event happened, ISO 8601 UTC; null where the format does not say (`raw`). */
  timestamp: string | null;
  appKey: string;
  webhookId: string;
  /** New in a redelivery; null where the format does not say. */
  deliveryId: string | null;
  /** Whole numbers beyond 2^53 are bigint. Undefined: not JSON, which only `raw` can be. */
  data: E extends keyof EventPayloads ? EventPayloads[E] : unknown;
  /** The bytes of a request of format `raw`; null: another format. */
  rawBody: Uint8Array | null;
}

export interface CallbackRequest {
  /** `event`, `test`, `redelivery`, or `before` for a question. */
  kind: string;
  format: CallbackFormat;
  /** From 1. */
  attempt: number;
  /** Null: it is no batch. */
  batchId: string | null;
  /** In order; exactly one unless it is a batch. */
  callbacks: Callback[];
}

/** Narrows the type of `data`. */
export function isEvent<E extends keyof EventPayloads>(
  callback: Callback,
  event: E,
): callback is Callback<E> {
  return callback.event === event;
}

type Fields = Readonly<Record<string, unknown>>;
type ReadCallback = Omit<Callback, 'rawBody'>;

/** @throws CallbackError (`malformed_body`) when it cannot be read */
export function parseCallbacks(source: HeaderSource, rawBody: Uint8Array): CallbackRequest {
  const header = headerReader(source);
  const format = header('X-App-Format') || 'im';
  if (!isFormat(format)) throw malformed(`the format ${format} is not known`);
  const isBatch = header('X-App-Batch') !== '';
  const attempt = header('X-App-Attempt');
  const body = bodyOf(rawBody, format);
  const entries = isBatch ? entriesOf(body) : [body];
  return {
    kind: header('X-App-Kind') || 'event',
    format,
    attempt: /^\d{1,9}$/.test(attempt) ? Number(attempt) : 1,
    batchId: isBatch ? header('X-App-Batch-Id') : null,
    callbacks: entries.map((entry) => ({
      ...READERS[format](format === 'raw' ? {} : fieldsOf(entry), header, entry),
      rawBody: format === 'raw' ? rawBody : null,
    })),
  };
}

const READERS: Record<CallbackFormat, (entry: Fields, header: HeaderReader, body: unknown) => ReadCallback> =
  {
    im: (entry, header) =>
      callbackOf(header, {
        ...entry,
        appKey: entry.appKey,
        webhookId: entry.webhookId,
      }),
    'standard-webhooks': (entry, header) =>
      callbackOf(header, {
        callbackId: entry.id ?? header('X-App-Callback-Id'),
        event: entry.type,
        timestamp: entry.timestamp,
        deliveryId: header('X-App-Delivery-Id'),
        data: entry.data,
      }),
    cloudevents: (entry, header) =>
      callbackOf(header, {
        callbackId: entry.id,
        event: entry.type,
        timestamp: entry.time,
        appKey: entry.appkey,
        webhookId: entry.webhookid,
        deliveryId: entry.deliveryid,
        data: entry.data,
      }),
    // An entry of a batch names no callbackId; its delivery's id is the same in every retry.
    flat: (entry, header) =>
      callbackOf(header, {
        callbackId: header('X-App-Callback-Id') || entry.delivery_id,
        event: entry.event,
        timestamp: entry.timestamp,
        webhookId: entry.webhook_id,
        deliveryId: entry.delivery_id,
        data: entry.data,
      }),
    raw: (_, header, body) =>
      callbackOf(header, {
        callbackId: header('X-App-Callback-Id'),
        event: header('X-App-Event'),
        deliveryId: header('X-App-Delivery-Id'),
        data: body,
      }),
  };

function callbackOf(header: HeaderReader, fields: Fields): ReadCallback {
  const { callbackId, event, timestamp, appKey, webhookId, deliveryId, data } = fields;
  return {
    callbackId: textOf(callbackId) ?? missing('callbackId'),
    event: textOf(event) ?? missing('event'),
    timestamp: textOf(timestamp),
    appKey: textOf(appKey) ?? header('X-App-Key'),
    webhookId: textOf(webhookId) ?? header('X-App-Webhook-Id'),
    deliveryId: textOf(deliveryId),
    data,
  };
}

function bodyOf(rawBody: Uint8Array, format: CallbackFormat): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    // An IM server may send anything; its bytes are kept beside it.
    if (format === 'raw') return undefined;
    throw malformed('the body is not JSON');
  }
}

function entriesOf(body: unknown): unknown[] {
  const entries = Array.isArray(body) ? (body as unknown[]) : fieldsOf(body).events;
  if (!Array.isArray(entries)) throw malformed('the batch has no list of events');
  return entries;
}

function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('it is no object');
  return value as Fields;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function missing(name: string): never {
  throw malformed(`there is no ${name}`);
}

function malformed(message: string): CallbackError {
  return new CallbackError('malformed_body', message);
}

function isFormat(text: string): text is CallbackFormat {
  return Object.hasOwn(READERS, text);
}
