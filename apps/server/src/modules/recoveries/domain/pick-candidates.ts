/** Decides which candidates are replayed, and why the others are not. */

/** A delivery that failed or was skipped, or an event without one, with what else is known of its callback. */
export interface Candidate {
  /** The delivery's id, or the event's where there is no delivery; candidates come in its order. */
  candidateId: string;
  eventId: string;
  event: string;
  conversationId: string | null;
  /** The first delivery of the callback; null: there was none. */
  originalDeliveryId: string | null;
  isPayloadKept: boolean;
  isDelivered: boolean;
  isPending: boolean;
  /** Delivered again since the recovery began. */
  isRepeated: boolean;
}

export interface SkipCounts {
  alreadyDelivered: number;
  alreadyPending: number;
  alreadyRepeated: number;
  payloadExpired: number;
}

export interface Picked {
  replays: Candidate[];
  skipped: SkipCounts;
  /** The last candidate handled; undefined: there was none. */
  lastId: string | undefined;
}

/** Picks candidates in order up to a limit; those after the last picked one are left for later. */
export function pickCandidates(candidates: readonly Candidate[], most: number): Picked {
  const picked: Picked = {
    replays: [],
    skipped: { alreadyDelivered: 0, alreadyPending: 0, alreadyRepeated: 0, payloadExpired: 0 },
    lastId: undefined,
  };
  const events = new Set<string>();
  for (const candidate of candidates) {
    const why = events.has(candidate.eventId) ? 'alreadyPending' : skipReasonOf(candidate);
    if (why !== null) picked.skipped[why] += 1;
    else if (picked.replays.length === most) break;
    else {
      events.add(candidate.eventId);
      picked.replays.push(candidate);
    }
    picked.lastId = candidate.candidateId;
  }
  return picked;
}

function skipReasonOf(candidate: Candidate): keyof SkipCounts | null {
  if (candidate.isDelivered) return 'alreadyDelivered';
  if (candidate.isPending) return 'alreadyPending';
  if (candidate.isRepeated) return 'alreadyRepeated';
  return candidate.isPayloadKept ? null : 'payloadExpired';
}
