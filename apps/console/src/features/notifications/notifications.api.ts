import type { App } from '@im/contracts/api/apps';
import type {
  ChannelTestResult,
  CreateChannelRequest,
  Notification,
  NotificationChannel,
  UpdateChannelRequest,
} from '@im/contracts/api/notification-channels';
import { apiDelete, apiGetPage, apiPatch, apiPath, apiPost } from '../../shared/http/client.js';

export const listChannels = (cursor: string | undefined, signal: AbortSignal) =>
  apiGetPage<NotificationChannel>('/notification-channels', { query: { limit: 100, cursor }, signal });
export const createChannel = (body: CreateChannelRequest) =>
  apiPost<NotificationChannel>('/notification-channels', body);
export const updateChannel = (channelId: string, body: UpdateChannelRequest) =>
  apiPatch<NotificationChannel>(apiPath`/notification-channels/${channelId}`, body);
export const deleteChannel = (channelId: string) => apiDelete(apiPath`/notification-channels/${channelId}`);
export const testChannel = (channelId: string, signal: AbortSignal) =>
  apiPost<ChannelTestResult>(apiPath`/notification-channels/${channelId}/test`, undefined, { signal });
export const listNotifications = (channelId: string, cursor: string | undefined, signal: AbortSignal) =>
  apiGetPage<Notification>(apiPath`/notification-channels/${channelId}/notifications`, {
    query: { limit: 50, cursor },
    signal,
  });

/** For choosing apps by their names. */
export const listAppNames = (signal: AbortSignal) =>
  apiGetPage<App>('/apps', { query: { limit: 200 }, signal });
