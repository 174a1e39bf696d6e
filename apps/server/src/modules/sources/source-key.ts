/** Makes the key by which repeats of a source's events are found. */
import { hash } from 'node:crypto';
import type { EventKey } from '../delivery-store/data/event-keys-sql.js';
import type { SourceRepeat } from './source-kind.js';

/**
 * Keys of sources never meet ids that senders of the API choose. All parts of one message have the same key, so that a
 * further one is refused as a conflict.
 */
export function sourceKey(sourceId: string, { key, withinMs, part }: SourceRepeat): EventKey {
  const keyHash = hash('sha256', key, 'buffer');
  return {
    value: `source:${sourceId}:${keyHash.toString('base64url')}`,
    contentHash: part === undefined ? keyHash : hash('sha256', part, 'buffer'),
    ...(withinMs !== null && { withinMs }),
  };
}

/** The key of a further part, which no other part has. */
export function partKey(sourceId: string, { key, withinMs, part = '' }: SourceRepeat): EventKey {
  return sourceKey(sourceId, { key: `${key}:${part}`, withinMs });
}
