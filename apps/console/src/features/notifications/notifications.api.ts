import type { CreateChannelRequest, UpdateChannelRequest } from '@im/contracts/api/notification-channels';
import { call } from '../../shared/http/call.js';

export const createChannel = (body: CreateChannelRequest) => call('POST /notification-channels', { body });
export const updateChannel = (channelId: string, body: UpdateChannelRequest) =>
  call('PATCH /notification-channels/{channelId}', { params: { channelId }, body });
export const deleteChannel = (channelId: string) =>
  call('DELETE /notification-channels/{channelId}', { params: { channelId } });
export const listNotifications = (channelId: string, cursor: string | undefined, signal: AbortSignal) =>
  call('GET /notification-channels/{channelId}/notifications', {
    params: { channelId },
    query: { limit: 50, cursor },
    signal,
  });
