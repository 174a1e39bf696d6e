import { Injectable } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { NotificationChannel } from '@im/contracts/api/notification-channels';
import { idPage } from '../../platform/http-server/id-page.js';
import type { NotificationChannelRow } from './data/notification-channel.entity.js';
import { NotificationChannelsRepository } from './data/notification-channels.repository.js';
import { presentChannel } from './present-channel.js';

/** Presents channels as the API answers them: AppKeys instead of ids, and the outcome of the last notification. */
@Injectable()
export class ShowChannelService {
  constructor(private readonly channels: NotificationChannelsRepository) {}

  async one(channel: NotificationChannelRow): Promise<Single<NotificationChannel>> {
    const present = await this.presenterOf([channel]);
    return { data: present(channel) };
  }

  /** @param rows one more than the limit when there is another page */
  async page(rows: NotificationChannelRow[], limit: number): Promise<Page<NotificationChannel>> {
    return idPage(rows, limit, (row) => row.channelId, await this.presenterOf(rows));
  }

  private async presenterOf(
    rows: readonly NotificationChannelRow[],
  ): Promise<(row: NotificationChannelRow) => NotificationChannel> {
    const [appKeys, last] = await Promise.all([
      this.channels.appKeysOf([...new Set(rows.flatMap(({ appIds }) => appIds))]),
      this.channels.lastOf(rows.map(({ channelId }) => channelId)),
    ]);
    return (row) => presentChannel(row, appKeys, last.get(row.channelId));
  }
}
