import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Reads what alerts of an app can be about. */
@Injectable()
export class AlertSubjectsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async webhooksOf(appIds: readonly string[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      'SELECT webhook_id AS id FROM webhook_configs WHERE app_id = ANY($1) AND deleted_at IS NULL',
      [appIds],
    );
    return rows.map(({ id }) => id);
  }
}
