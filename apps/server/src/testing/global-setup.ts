/** Starts PostgreSQL and Redis once for all suites of a run that need them, and migrates a template database. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLocalStack, type LocalStack } from '@im/local-services/local-stack';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '../platform/database/data-source.js';
import { TEMPLATE_DATABASE } from './template-database.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database without tests, to make others from. */
    databaseUrl: string;
    redisUrl: string;
  }
}

interface TestStack {
  stack: LocalStack;
  dataDir: string;
}

/** The suites run in one process, each with its own copy of this module, so shared state is here. */
const shared = globalThis as typeof globalThis & { testStack?: Promise<TestStack>; testStackUsers?: number };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.testStackUsers = (shared.testStackUsers ?? 0) + 1;
  shared.testStack ??= startStack();
  const { stack } = await shared.testStack;
  project.provide('databaseUrl', stack.databaseUrl);
  project.provide('redisUrl', stack.redisUrl);
  return leave;
}

async function startStack(): Promise<TestStack> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'im-callback-test-'));
  const stack = await startLocalStack({ dataDir, durability: 'off' });
  const templateUrl = await stack.createDatabase(TEMPLATE_DATABASE);
  await migrateDatabase(templateUrl);
  return { stack, dataDir };
}

async function leave(): Promise<void> {
  shared.testStackUsers = (shared.testStackUsers ?? 1) - 1;
  if (shared.testStackUsers > 0 || !shared.testStack) return;
  const { stack, dataDir } = await shared.testStack;
  delete shared.testStack;
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
