import { call } from '../http/call.js';

export const listChannels = (cursor: string | undefined, signal: AbortSignal) =>
  call('GET /notification-channels', { query: { limit: 100, cursor }, signal });
export const testChannel = (channelId: string, signal: AbortSignal) =>
  call('POST /notification-channels/{channelId}/test', { params: { channelId }, signal });
