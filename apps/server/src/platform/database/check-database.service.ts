import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PreparedQuery } from './prepared-query.js';

/** Sent like the hot statements, so that it fails when they do. */
const ANSWER = new PreparedQuery('SELECT 1');

@Injectable()
export class CheckDatabaseService {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws when PostgreSQL does not answer */
  async check(): Promise<void> {
    await ANSWER.run(this.dataSource, []);
  }
}
