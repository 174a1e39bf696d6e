/** Waits until nothing is pending, for as long as there is progress. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Receiver } from '../receiver/receiver.js';
import { withDatabase } from './delivery-rows.js';

const ASK_EVERY_MS = 250;
/** Longer than a lease, the longest delay of a retry and a request together. */
const NOTHING_MOVES_MS = 60_000;

/** @returns false when something is left and nothing moves any more */
export async function untilDrained(databaseUrl: string, receivers: readonly Receiver[]): Promise<boolean> {
  return withDatabase(databaseUrl, async (client) => {
    let before = '';
    let movedAt = performance.now();
    for (;;) {
      const { rows } = await client.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM pending_deliveries',
      );
      const pending = rows[0]?.count ?? 0;
      if (pending === 0) return true;
      const came = await Promise.all(receivers.map((receiver) => receiver.count()));
      const now = [pending, ...came].join(' ');
      if (now !== before) movedAt = performance.now();
      else if (performance.now() - movedAt > NOTHING_MOVES_MS) return false;
      before = now;
      await delay(ASK_EVERY_MS);
    }
  });
}
