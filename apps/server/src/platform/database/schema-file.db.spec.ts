import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeSchema } from '../../testing/describe-schema.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** `pnpm schema` runs this test with `--update`, which writes the file. */
it('docs/schema.sql matches the migrations; if it does not, run: pnpm schema', async () => {
  const file = path.resolve(import.meta.dirname, '../../../../../docs/schema.sql');
  await expect(await describeSchema(database.query)).toMatchFileSnapshot(file);
});
