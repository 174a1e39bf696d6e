/** Makes requests and messages of WuKongIM, and reads them with its adapter. */
import type { SourceEvent, SourceReading, SourceRequest } from '../modules/sources/source-kind.js';
import { wukongimAdapter } from '../modules/sources/wukongim/wukongim.adapter.js';

export function requestOf(
  event: string,
  body: string | Buffer,
  more: Partial<SourceRequest> = {},
): SourceRequest {
  return {
    method: 'POST',
    path: '',
    query: `event=${event}`,
    headers: {},
    body: Buffer.from(body),
    receivedAt: new Date('2026-11-29T16:00:00Z'),
    ...more,
  };
}

function read(event: string, body: unknown): SourceReading {
  return wukongimAdapter.read(requestOf(event, typeof body === 'string' ? body : JSON.stringify(body)), {});
}

export function eventsIn(event: string, body: unknown): SourceEvent[] {
  const reading = read(event, body);
  return reading.kind === 'events' ? reading.events : [];
}

export function messageWith(fields: Record<string, unknown>): Record<string, unknown> {
  return {
    header: { no_persist: 0, red_dot: 1, sync_once: 0 },
    setting: 0,
    message_idstr: '2127058933028753408',
    client_msg_no: '',
    message_seq: 1,
    from_uid: 'u1',
    channel_id: 'u2@u1',
    channel_type: 1,
    timestamp: 1_795_965_343,
    payload: base64('{"type":1,"content":"hi"}'),
    ...fields,
  };
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
