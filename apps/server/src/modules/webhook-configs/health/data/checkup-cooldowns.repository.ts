import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

@Injectable()
export class CheckupTurnsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes the webhook's turn, whichever process asks.
   *
   * @returns null when it is taken; otherwise the seconds until the next one
   */
  async take(webhookId: string, intervalSeconds: number): Promise<number | null> {
    const [rows] = await this.dataSource.query<[{ webhook_id: string }[], number]>(
      `UPDATE webhook_health SET checked_up_at = now()
       WHERE webhook_id = $1 AND (checked_up_at IS NULL OR checked_up_at <= now() - $2 * interval '1 second')
       RETURNING webhook_id`,
      [webhookId, intervalSeconds],
    );
    if (rows.length > 0) return null;
    const [row] = await this.dataSource.query<{ seconds: number }[]>(
      `SELECT greatest(1, ceil(extract(epoch FROM checked_up_at - now()) + $2))::integer AS seconds
       FROM webhook_health WHERE webhook_id = $1`,
      [webhookId, intervalSeconds],
    );
    return row?.seconds ?? intervalSeconds;
  }
}
