/** Makes requests as each version of WuKongIM sends them, byte for byte but for ids and times. */
import type { OpenedSourceSettings, SourceRequest } from '../source-kind.js';
import { MSG_NOTIFY } from './read-messages.js';
import { MSG_OFFLINE } from './read-offline.js';
import { USER_ONLINESTATUS } from './read-statuses.js';

/** Message ids count milliseconds from here, times 2^22. */
const FIRST_ID_MS = 1_288_834_974_657;

/** The body of each event. */
const BODIES: Readonly<Record<string, (isVersion2: boolean, nowMs: number) => string>> = {
  [MSG_NOTIFY]: (isVersion2, nowMs) => `[{${messageFields(isVersion2, nowMs)}}]`,
  [MSG_OFFLINE]: (isVersion2, nowMs) =>
    isVersion2
      ? `{${messageFields(isVersion2, nowMs)},"to_uids":["u2"],"source_id":1001}`
      : `{${messageFields(isVersion2, nowMs)},"to_uids":["u2","u1"]}`,
  [USER_ONLINESTATUS]: (_, nowMs) => `["u1-0-1-${String(nowMs % 1_000_000_000)}-1-1"]`,
};

export function sampleRequest(
  command: string | undefined,
  { version }: OpenedSourceSettings,
  now: Date,
): SourceRequest | null {
  const event = command ?? MSG_NOTIFY;
  const write = Object.hasOwn(BODIES, event) ? BODIES[event] : undefined;
  if (!write) return null;
  const body = Buffer.from(write(version === 'v2', now.getTime()));
  return {
    method: 'POST',
    path: '',
    query: `event=${event}`,
    headers: {
      'user-agent': 'Go-http-client/1.1',
      'content-length': String(body.length),
      'content-type': 'application/json',
      'accept-encoding': 'gzip',
    },
    body,
    receivedAt: now,
  };
}

/** The order of the fields, the name of the channel and `client_msg_no` differ. */
function messageFields(isVersion2: boolean, nowMs: number): string {
  const id = String((BigInt(nowMs) - BigInt(FIRST_ID_MS)) << 22n);
  const ids = `"message_id":${id},"message_idstr":"${id}"`;
  const timestamp = `"timestamp":${String(Math.floor(nowMs / 1_000))}`;
  const payload = Buffer.from('{"type":1,"content":"Hello from the console"}').toString('base64');
  return isVersion2
    ? `"header":{"no_persist":0,"red_dot":1,"sync_once":0},"setting":0,${ids},"client_msg_no":"${id}0","message_seq":1,"from_uid":"u1","channel_id":"u2","channel_type":1,"expire":0,${timestamp},"payload":"${payload}"`
    : `"header":{"no_persist":0,"red_dot":1,"sync_once":0},"setting":0,"expire":0,${ids},"client_msg_no":"","message_seq":1,"from_uid":"u1","channel_id":"u2@u1","channel_type":1,${timestamp},"payload":"${payload}"`;
}
