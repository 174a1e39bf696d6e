/** Prepares all partitioned tables of the service for rows of the past. */
import pg from 'pg';

const DAY_MS = 86_400_000;

/**
 * Drops indexes, which is many times faster than updating them; primary keys stay.
 * @returns makes them again as they were
 */
export async function dropIndexes(client: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index JOIN pg_partitioned_table ON partrelid = indrelid WHERE NOT indisunique`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return async () => {
    await client.query("SET maintenance_work_mem = '512MB'");
    // The definition of a partitioned index says ON ONLY, which would leave the partitions without.
    for (const { definition } of rows) await client.query(definition.replace(' ON ONLY ', ' ON '));
  };
}

/** The service makes partitions ahead of time; a past week needs them made after the fact, named like its own. */
export async function createPartitions(client: pg.Client, fromMs: number): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name
     FROM pg_partitioned_table JOIN pg_class ON oid = partrelid
     JOIN pg_attribute ON attrelid = partrelid AND attnum = partattrs[0] AND atttypid = 'uuid'::regtype`,
  );
  for (const { name } of rows) {
    for (let day = Math.floor(fromMs / DAY_MS); day <= Math.floor(Date.now() / DAY_MS); day++) {
      const date = new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
      const [from, to] = [lowestIdOf(day), lowestIdOf(day + 1)];
      await client.query(
        `CREATE TABLE IF NOT EXISTS ${pg.escapeIdentifier(`${name}_${date}`)} PARTITION OF ${pg.escapeIdentifier(name)}
         FOR VALUES FROM ('${from}') TO ('${to}')`,
      );
    }
  }
}

/** The first 48 bits of a UUIDv7 are its Unix time in milliseconds. */
function lowestIdOf(day: number): string {
  const hex = (day * DAY_MS).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
