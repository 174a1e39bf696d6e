import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

@Injectable()
export class ChannelTestCooldownRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Starts the cooldown of a channel, for all processes.
   *
   * @returns null when it started; otherwise the seconds until the running one ends
   */
  async start(channelId: string, intervalSeconds: number): Promise<number | null> {
    const [rows] = await this.dataSource.query<[{ channel_id: string }[], number]>(
      `UPDATE notification_channels SET tested_at = now()
       WHERE channel_id = $1 AND (tested_at IS NULL OR tested_at <= now() - $2 * interval '1 second')
       RETURNING channel_id`,
      [channelId, intervalSeconds],
    );
    if (rows.length > 0) return null;
    const [row] = await this.dataSource.query<{ seconds: number }[]>(
      `SELECT greatest(1, ceil(extract(epoch FROM tested_at - now()) + $2))::integer AS seconds
       FROM notification_channels WHERE channel_id = $1`,
      [channelId, intervalSeconds],
    );
    return row?.seconds ?? intervalSeconds;
  }
}
