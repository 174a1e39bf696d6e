import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { SEALED_COLUMNS } from './sealed-columns.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Columns of bytes that are not sealed. */
const OTHERS = [
  'sealing_keys.mark',
  'sealing_keys.check_value',
  'source_requests.body',
  'test_receiver_requests.body',
  'tunnel_requests.answer_body',
  'tunnel_requests.body',
];

it('every column of bytes is listed as sealed, but for hashes', async () => {
  const rows = await database.query<{ name: string }>(
    `SELECT c.table_name || '.' || c.column_name AS name
     FROM information_schema.columns c JOIN pg_class t ON t.relname = c.table_name AND t.relkind IN ('r', 'p')
     WHERE c.table_schema = 'public' AND c.data_type = 'bytea' AND NOT t.relispartition
       AND c.column_name NOT LIKE '%\\_hash' ORDER BY 1`,
  );
  const listed = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
  expect(rows.map(({ name }) => name)).toEqual([...listed, ...OTHERS].sort());
});
