import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { plainArray, textArray } from './array-parameters.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

async function read(parameter: Buffer | string, type: string): Promise<unknown[]> {
  const rows = await database.query<{ value: unknown }>(
    `SELECT value FROM unnest($1::${type}[]) WITH ORDINALITY AS t(value, n) ORDER BY n`,
    [parameter],
  );
  return rows.map(({ value }) => value);
}

it('texts of every kind come back as they were', async () => {
  const texts = ['', '{"a":"\\"\\\\,{}"}', '文本 😀', "it's", 'NULL', '\u2028\t\n', 'x'.repeat(300_000)];
  expect(await read(textArray(texts), 'text')).toEqual(texts);
  expect(await read(textArray([null, 'a', null, '']), 'text')).toEqual([null, 'a', null, '']);
  expect(await read(textArray([]), 'text')).toEqual([]);
});

it.each([
  ['uuid', ['0197d3c4-0000-7000-8000-000000000001', null, '0197d3c4-0000-7000-8000-000000000002']],
  ['smallint', [1, -3, null, 0]],
  ['float8', [0.1, null, 12_345.6]],
  ['boolean', [true, false, null]],
  ['text', ['success', null, 'connect_refused']],
])('plain values come back as they were: %s', async (type, values) => {
  expect(await read(plainArray(values), type)).toEqual(values);
  expect(await read(plainArray([]), type)).toEqual([]);
});

it('instants come back as they were', async () => {
  const at = '2026-11-29T23:59:59.123Z';
  expect(await read(plainArray([at, null]), 'timestamptz')).toEqual([new Date(at), null]);
});
