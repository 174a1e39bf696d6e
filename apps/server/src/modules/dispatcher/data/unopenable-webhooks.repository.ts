/** Which webhooks nothing can be sent to, since their secrets, URL or headers cannot be opened. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const MAX_KNOWN = 1_000;

@Injectable()
export class UnopenableWebhooksRepository {
  constructor(private readonly dataSource: DataSource) {}

  async known(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT webhook_id AS id FROM webhook_health WHERE unopenable_since IS NOT NULL LIMIT ${String(MAX_KNOWN)}`,
    );
    return rows.map(({ id }) => id);
  }

  /** Has the alerts look at it, too. */
  async mark(webhookId: string, isUnopenable: boolean): Promise<void> {
    await this.dataSource.query(
      `UPDATE webhook_health SET unopenable_since = CASE WHEN $2 THEN now() END, version = version + 1
       WHERE webhook_id = $1 AND (unopenable_since IS NULL) = $2`,
      [webhookId, isUnopenable],
    );
  }
}
