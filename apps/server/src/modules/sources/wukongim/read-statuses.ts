/**
 * Reads `user.onlinestatus`: texts of a user id and, after it, device flag, 1 or 0, connection, connections of that
 * device and of all devices; older servers write the first two numbers alone. User ids may contain `-`.
 */
import { catalogueEvent } from '../compose-event.js';
import type { SourceEvent } from '../source-kind.js';
import { idOf } from './wire-values.js';

export const USER_ONLINESTATUS = 'user.onlinestatus';

/** Statuses have neither time nor id. A retry comes within seconds; later the same numbers are another connection. */
const RETRY_WITHIN_MS = 10_000;
const FULL = /^(.+)-(\d+)-([01])-(\d+)-(\d+)-(\d+)$/s;
const SHORT = /^(.+)-(\d+)-([01])$/s;
const PLATFORMS = new Map([
  ['0', 'app'],
  ['1', 'web'],
  ['2', 'pc'],
]);

/** @returns null when it is no status */
export function statusEvent(status: string): SourceEvent | null {
  const parts = FULL.exec(status) ?? SHORT.exec(status);
  if (!parts) return null;
  const [, userId = '', flag = '', isOnline, connectionId, ofDevice, ofAll] = parts;
  const state = isOnline === '1' ? 'online' : 'offline';
  const data = {
    userId,
    platform: PLATFORMS.get(flag),
    deviceFlag: Number(flag),
    connectionId,
    deviceOnlineCount: ofDevice === undefined ? undefined : Number(ofDevice),
    totalOnlineCount: ofAll === undefined ? undefined : Number(ofAll),
  };
  return catalogueEvent(`user.${state}`, data, {
    kind: 'wukongim',
    command: USER_ONLINESTATUS,
    payload: JSON.stringify({ item: status }),
    data: { item: status },
    // Statuses of one user keep their order.
    conversationId: idOf(`user:${userId}`) ?? null,
    // Without a connection coming, going and coming again would look like a retry.
    repeat:
      connectionId === undefined
        ? null
        : { key: `${USER_ONLINESTATUS}:${userId}|${connectionId}|${state}`, withinMs: RETRY_WITHIN_MS },
  });
}
