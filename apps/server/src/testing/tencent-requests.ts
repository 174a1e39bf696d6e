/** Makes requests of Tencent Cloud Chat and reads them, for the tests of its adapter. */
import { findEvent } from '@im/contracts/events/catalogue';
import { expect } from 'vitest';
import type {
  OpenedSourceSettings,
  SourceEvent,
  SourceReading,
  SourceRequest,
} from '../modules/sources/source-kind.js';
import { tencentAdapter } from '../modules/sources/tencent-im/tencent.adapter.js';

export const RECEIVED_AT = new Date('2026-11-30T08:00:00.000Z');

/** @param body JSON text, or what it is made of */
export function tencentRequest(
  command: string,
  body: unknown,
  query: Readonly<Record<string, string>> = {},
): SourceRequest {
  const parameters = { SdkAppid: '1400123456', CallbackCommand: command, contenttype: 'json', ...query };
  return {
    method: 'POST',
    path: '',
    query: new URLSearchParams(parameters).toString(),
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAt: RECEIVED_AT,
  };
}

/** The events of a request, which must be understood; those of the catalogue must meet their schema. */
export function tencentEvents(...request: Parameters<typeof tencentRequest>): SourceEvent[] {
  const reading = tencentAdapter.read(tencentRequest(...request), {});
  if (reading.kind !== 'events') throw new Error(`It was read as ${reading.kind}`);
  for (const { event, payload } of reading.events) {
    const schema = findEvent(event)?.schema;
    if (schema) expect(schema.safeParse(JSON.parse(payload)).error).toBeUndefined();
  }
  return reading.events;
}

/** Names and payloads of the events. */
export function tencentPayloads(
  ...request: Parameters<typeof tencentRequest>
): { event: string; payload: unknown }[] {
  return tencentEvents(...request).map(({ event, payload }) => ({
    event,
    payload: JSON.parse(payload) as unknown,
  }));
}

export function tencentBefore(
  command: string,
  body: unknown,
  settings: OpenedSourceSettings = {},
): Extract<SourceReading, { kind: 'before' }> {
  const reading = tencentAdapter.read(tencentRequest(command, body), settings);
  if (reading.kind !== 'before') throw new Error(`It was read as ${reading.kind}`);
  return reading;
}
