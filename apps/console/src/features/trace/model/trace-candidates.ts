/** Decides by a text's form which ids it may be, in the order in which they are asked for. */
import type { TraceKey } from '@im/contracts/api/trace';
import { isUuid } from '../../../shared/http/query-checks.js';
import { searchTargetsOf } from '../../../shared/deliveries/search-target.js';

export interface TraceCandidate {
  key: TraceKey;
  id: string;
}

/** Where a UUID has its version: callback ids are of version 8, all others of the service 7. */
const VERSION_AT = 14;
const OWN_KEYS: Readonly<Record<string, readonly TraceKey[]>> = {
  '7': ['eventId', 'deliveryId'],
  '8': ['callbackId'],
};
const EXTERNAL_KEYS = new Set<TraceKey>(['messageId', 'conversationId', 'userId']);

/** Likeliest first; empty if the text cannot be an id. */
export function traceCandidates(text: string): TraceCandidate[] {
  const candidates = searchTargetsOf(text).flatMap(({ field, value }) =>
    field === 'q' ? [] : [{ key: field, id: value }],
  );
  const [first] = candidates;
  if (first === undefined || candidates.length === 1 || !isUuid(first.id)) return candidates;
  const own = OWN_KEYS[first.id.charAt(VERSION_AT)] ?? [];
  return [
    ...own.map((key) => ({ key, id: first.id })),
    ...candidates.filter(({ key }) => EXTERNAL_KEYS.has(key)),
  ];
}

/** The candidates of the kind that was asked for; all of them if there is none of that kind. */
export function narrowedTo(candidates: readonly TraceCandidate[], key: string): TraceCandidate[] {
  const chosen = candidates.filter((candidate) => candidate.key === key);
  return chosen.length > 0 ? chosen : [...candidates];
}
