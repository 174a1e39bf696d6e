/** Makes rows by the pattern of a real one, for any columns. */
import pg from 'pg';

export interface TemplateColumn {
  name: string;
  /** As PostgreSQL writes it. */
  type: string;
  /** The pattern's value as text; null: NULL. */
  value: string | null;
}

export interface RowTemplate {
  table: string;
  columns: TemplateColumn[];
}

/** Reads the newest row of the table; null when there is no such table. @throws when the table is empty */
export async function readRowTemplate(client: pg.ClientBase, table: string): Promise<RowTemplate | null> {
  const { rows: columns } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type
     FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''
     ORDER BY attnum`,
    [table],
  );
  if (columns.length === 0) return null;
  const names = columns.map(({ name }) => pg.escapeIdentifier(name));
  const { rows } = await client.query<(string | null)[]>({
    text: `SELECT ${names.map((name) => `${name}::text`).join(', ')} FROM ${pg.escapeIdentifier(table)} ORDER BY 1 DESC LIMIT 1`,
    rowMode: 'array',
  });
  const [values] = rows;
  if (!values) throw new Error(`${table} has no row to take as a pattern`);
  return { table, columns: columns.map((column, index) => ({ ...column, value: values[index] ?? null })) };
}

/** Inserts many rows from one array parameter for each column. */
export function insertFromArrays({ table, columns }: RowTemplate): string {
  const names = columns.map(({ name }) => pg.escapeIdentifier(name));
  const arrays = columns.map(({ type }, index) => `$${String(index + 1)}::${type}[]`);
  return `INSERT INTO ${pg.escapeIdentifier(table)} (${names.join(', ')}) SELECT * FROM unnest(${arrays.join(', ')})`;
}

/**
 * Inserts the rows that `source` makes.
 *
 * @param expressions SQL for the columns that differ from row to row; those a table does not have are left out
 * @param source the SQL after FROM
 */
export function insertFromSource(
  { table, columns }: RowTemplate,
  expressions: Readonly<Record<string, string>>,
  source: string,
): string {
  const names = columns.map(({ name }) => pg.escapeIdentifier(name));
  const values = columns.map(({ name, type, value }) => {
    const expression = expressions[name] ?? (value === null ? 'NULL' : pg.escapeLiteral(value));
    return `(${expression})::${type}`;
  });
  return `INSERT INTO ${pg.escapeIdentifier(table)} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${source}`;
}
