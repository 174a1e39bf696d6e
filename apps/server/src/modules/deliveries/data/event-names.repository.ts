import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Reads the names of events that a tenant defined, including deleted ones, whose events still exist. */
@Injectable()
export class EventNamesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param family the prefix of its names, such as `order.` */
  async ofFamily(tenantId: string, family: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ name: string }[]>(
      'SELECT name FROM event_types WHERE tenant_id = $1 AND starts_with(name, $2) ORDER BY name',
      [tenantId, family],
    );
    return rows.map(({ name }) => name);
  }

  /** @param part in lower case */
  async containing(tenantId: string, part: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ name: string }[]>(
      'SELECT name FROM event_types WHERE tenant_id = $1 AND strpos(lower(name), $2) > 0 ORDER BY name',
      [tenantId, part],
    );
    return rows.map(({ name }) => name);
  }
}
