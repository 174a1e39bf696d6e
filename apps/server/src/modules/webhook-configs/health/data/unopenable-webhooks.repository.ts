/** Which webhooks nothing can be sent to, since their secrets, URL, headers or client certificate cannot be opened. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NIL } from 'uuid';

const PAGE_SIZE = 1_000;

@Injectable()
export class UnopenableWebhooksRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** In pages. */
  async *known(): AsyncGenerator<string[]> {
    for (let after: string = NIL; ;) {
      const rows = await this.dataSource.query<{ id: string }[]>(
        `SELECT webhook_id AS id FROM webhook_health WHERE unopenable_since IS NOT NULL AND webhook_id > $1
         ORDER BY webhook_id LIMIT ${String(PAGE_SIZE)}`,
        [after],
      );
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(({ id }) => id);
      after = last.id;
    }
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
