/** Makes the key by which repeats of a source's events are found. */
import { createHash } from 'node:crypto';
import type { EventKey } from '../delivery-store/data/event-keys-sql.js';

/**
 * Keys of sources never meet ids that senders of the API choose.
 *
 * @param key of the event within its source
 * @param withinMs a repetition later than that is an event of its own; null: it never is
 */
export function sourceKey(sourceId: string, key: string, withinMs: number | null): EventKey {
  const contentHash = createHash('sha256').update(key).digest();
  return {
    value: `source:${sourceId}:${contentHash.toString('base64url')}`,
    contentHash,
    ...(withinMs !== null && { withinMs }),
  };
}
