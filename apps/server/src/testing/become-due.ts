import type { TestDatabase } from './test-database.js';

/** As if a minute had passed: what was created so far counts as deliveries that should have arrived. */
export async function becomeDue(database: Pick<TestDatabase, 'query'>): Promise<void> {
  // In this order: what is folded meanwhile goes from the first table to the second.
  await database.query('UPDATE count_deltas SET slot_at = NULL WHERE slot_at IS NOT NULL');
  await database.query('DELETE FROM recent_counts');
}
