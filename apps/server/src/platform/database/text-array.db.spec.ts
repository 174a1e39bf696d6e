import { expect, it } from 'vitest';
import { createTestDatabase } from '../../testing/test-database.js';
import { textArray } from './text-array.js';

it('texts of every kind come back as they were', async () => {
  const texts = ['', '{"a":"\\"\\\\,{}"}', '文本 😀', "it's", 'NULL', '\u2028\t\n', 'x'.repeat(300_000)];
  const database = await createTestDatabase();
  const read = await database.query<{ text: string }>(
    'SELECT text FROM unnest($1::text[]) WITH ORDINALITY AS t(text, n) ORDER BY n',
    [textArray(texts)],
  );
  expect(read.map(({ text }) => text)).toEqual(texts);
  expect(await database.query('SELECT cardinality($1::text[]) AS count', [textArray([])])).toEqual([
    { count: 0 },
  ]);
  await database.drop();
});
