/** Brings the database up to date and ends: once, before the processes of a new version start. */
import 'reflect-metadata';
import { readEnv } from './config/env.js';
import { explainAndExit } from './explain-start-failure.js';
import { migrateDatabase } from './platform/database/data-source.js';
import { Logger } from './platform/logging/logger.js';

try {
  const env = readEnv();
  await migrateDatabase(env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL);
  new Logger(env.LOG_LEVEL).info('database.migrated');
} catch (error) {
  explainAndExit(error);
}
