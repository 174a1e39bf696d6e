import type { TestDatabase } from './test-database.js';

/** Makes all deliveries due, as if a minute had passed. */
export async function becomeDue(database: Pick<TestDatabase, 'query'>): Promise<void> {
  // In this order, since folding moves counts from the first table to the second.
  await database.query('UPDATE count_deltas SET slot_at = NULL WHERE slot_at IS NOT NULL');
  await database.query('DELETE FROM recent_counts');
}
