/**
 * Checks the order of a conversation: an event comes for the first time only after every earlier one was answered 2xx
 * or exhausted. Later arrivals of an event are duplicates; they may come at any time, since a suspended process
 * continues its attempt afterwards.
 *
 * Only acknowledged events are ordered: of others the sender does not know when, or whether, they were accepted.
 */
import type { PostedEvent } from '../ledger/posted-event.js';
import type { Arrival } from '../receiver/receiver-commands.js';
import type { ChannelEvidence, Proof, Violation } from './evidence.js';

/** Whole milliseconds on one side, fractions on the other. */
const CLOCK_GRAIN_MS = 2;

/** What one event waited for: its numbers among the requests and answers of its receiver. */
interface Passage {
  event: PostedEvent;
  /** Infinity: it never came. */
  firstCameAt: number;
  /** From here on the next one may come; Infinity: never. */
  doneAt: number;
}

export const ORDER_IS_KEPT: Proof = {
  promise: 'in ordered webhooks no event came before an earlier one of its conversation was done',
  violationsIn: ({ channels, events }) =>
    channels.filter((channel) => channel.isOrdered).flatMap((channel) => inversionsIn(channel, events)),
};

function inversionsIn(channel: ChannelEvidence, events: readonly PostedEvent[]): Violation[] {
  const violations: Violation[] = [];
  for (const passages of passagesOf(channel, events).values()) {
    let latest: Passage | undefined;
    for (const passage of passages) {
      if (latest && latest.doneAt > passage.firstCameAt) {
        const { sequence, sender } = passage.event;
        const text = `${channel.name}: event ${String(sequence)} came before ${String(latest.event.sequence)} of the same conversation (${String(sender)}) was done`;
        violations.push({ text, sequence, channel: channel.index });
      }
      if (!latest || passage.doneAt > latest.doneAt) latest = passage;
    }
  }
  return violations;
}

function passagesOf(
  { stream, arrivals, rows }: ChannelEvidence,
  events: readonly PostedEvent[],
): Map<number, Passage[]> {
  const came = new Map<number, { first: number; accepted: number }>();
  for (const { sequence, order, acceptedOrder } of arrivals) {
    const seen = came.get(sequence) ?? { first: order, accepted: Infinity };
    if (acceptedOrder > 0) seen.accepted = Math.min(seen.accepted, acceptedOrder);
    came.set(sequence, seen);
  }
  const givenUpAt = new Map(
    rows.flatMap(({ eventId, status, completedAt }) =>
      status === 'failed' && completedAt !== null ? [[eventId, completedAt] as const] : [],
    ),
  );
  const passages = new Map<number, Passage[]>();
  for (const event of events) {
    if (event.stream !== stream || event.state !== 'acknowledged') continue;
    const { first, accepted } = came.get(event.sequence) ?? { first: Infinity, accepted: Infinity };
    const givenUp = givenUpAt.get(event.eventIds[0] ?? '');
    const doneAt = Math.min(accepted, givenUp === undefined ? Infinity : orderAt(arrivals, givenUp));
    const ofSender = passages.get(event.sender) ?? [];
    ofSender.push({ event, firstCameAt: first, doneAt });
    passages.set(event.sender, ofSender);
  }
  return passages;
}

/** The number of the first request that came after an instant, less a little: what comes from then on is later. */
function orderAt(arrivals: readonly Arrival[], at: number): number {
  let low = 0;
  let high = arrivals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((arrivals[middle]?.atMs ?? Infinity) + CLOCK_GRAIN_MS < at) low = middle + 1;
    else high = middle;
  }
  return (arrivals[low]?.order ?? Infinity) - 0.5;
}
