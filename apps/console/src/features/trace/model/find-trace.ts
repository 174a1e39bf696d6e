/** Asks for candidates in turn until one is known. */
import type { TracedEvent, TracePage, TraceReason } from '@im/contracts/api/trace';
import type { TraceCandidate } from './trace-candidates.js';

export interface FoundTrace {
  /** What was asked for, in this order. */
  asked: readonly TraceCandidate[];
  /** What the events were found by; undefined: nothing was found. */
  by: TraceCandidate | undefined;
  /** Newest first. */
  events: readonly TracedEvent[];
  nextCursor: string | null;
  /** Why nothing was found. */
  reason: TraceReason | null;
}

export async function findTrace(
  candidates: readonly TraceCandidate[],
  ask: (candidate: TraceCandidate) => Promise<TracePage>,
): Promise<FoundTrace> {
  const reasons: TraceReason[] = [];
  for (const by of candidates) {
    const { data, page, reason } = await ask(by);
    if (data.length > 0) {
      return { asked: candidates, by, events: data, nextCursor: page.nextCursor, reason: null };
    }
    if (reason) reasons.push(reason);
  }
  // That it is too old says more than that it is not there.
  const reason = reasons.find(({ code }) => code === 'expired') ?? reasons[0] ?? null;
  return { asked: candidates, by: undefined, events: [], nextCursor: null, reason };
}
