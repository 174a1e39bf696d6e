import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

@Injectable()
export class CheckDatabaseService {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws when PostgreSQL does not answer */
  async check(): Promise<void> {
    await this.dataSource.query('SELECT 1');
  }
}
