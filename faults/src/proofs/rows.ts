/** Compares the service's own records with the arrivals. */
import type { ChannelEvidence, Evidence, Proof, Violation } from './evidence.js';

function countOf({ rows }: ChannelEvidence, status: string): number {
  return rows.filter((row) => row.status === status).length;
}

export const NOTHING_IS_LEFT: Proof = {
  promise: 'no delivery is left pending',
  violationsIn: ({ channels, events }) => {
    const sequences = new Map(events.flatMap((event) => event.eventIds.map((id) => [id, event.sequence])));
    return channels.flatMap((channel) =>
      channel.rows
        .filter((row) => row.status === 'pending')
        .map((row): Violation => {
          const sequence = sequences.get(row.eventId);
          const text = `${channel.name}: delivery ${row.deliveryId} is still pending`;
          return { text, channel: channel.index, ...(sequence !== undefined && { sequence }) };
        }),
    );
  },
};

export const COUNTERS_AGREE: Proof = {
  promise: 'the statistics agree with the rows',
  violationsIn: ({ channels }) =>
    channels.flatMap((channel) => {
      const { total, succeeded, failed, pending } = channel.stats;
      const counted = { total, succeeded, failed, pending };
      const inRows = {
        total: channel.rows.length,
        succeeded: countOf(channel, 'success'),
        failed: countOf(channel, 'failed'),
        pending: countOf(channel, 'pending'),
      };
      if (JSON.stringify(counted) === JSON.stringify(inRows)) return [];
      const text = `${channel.name}: counted ${JSON.stringify(counted)}, rows ${JSON.stringify(inRows)}`;
      return [{ text, channel: channel.index }];
    }),
};

export const SUCCESS_IS_TRUE: Proof = {
  promise: 'what the log calls a success was answered 2xx, and each attempt is in the log once',
  violationsIn: ({ channels }) => channels.flatMap(falseRowsIn),
};

function falseRowsIn(channel: ChannelEvidence): Violation[] {
  const accepted = new Map<string, number>();
  for (const { deliveryId, acceptedOrder, sequence } of channel.arrivals) {
    if (acceptedOrder > 0) accepted.set(deliveryId, sequence);
  }
  return channel.rows.flatMap((row): Violation[] => {
    const about = `${channel.name}: delivery ${row.deliveryId}`;
    const violations: Violation[] = [];
    if (row.status === 'success' && !accepted.has(row.deliveryId)) {
      violations.push({ text: `${about} is a success that never came`, channel: channel.index });
    }
    if (row.attempts !== row.loggedAttempts) {
      const text = `${about} had ${String(row.attempts)} attempts, the log has ${String(row.loggedAttempts)}`;
      violations.push({ text, channel: channel.index });
    }
    return violations;
  });
}

/** The window for counting requests, since a busy machine may receive at one moment what was sent at several. */
const RATE_WINDOW_MS = 3_000;
/** The tolerance for a busy machine. */
const RATE_TOLERANCE = 1.3;

export const RATE_IS_KEPT: Proof = {
  promise: 'the rate limit was kept',
  violationsIn: (evidence) =>
    evidence.channels.flatMap((channel) => {
      const rate = channel.settings.rateLimitPerSecond ?? 0;
      return rate === 0 ? [] : tooFastIn(channel, rate, evidence);
    }),
};

/** The worst window, if any was too full. */
function tooFastIn(
  channel: ChannelEvidence,
  rate: number,
  { redisTroubles, workers }: Evidence,
): Violation[] {
  let worst: { ratio: number; text: string } | null = null;
  for (let first = 0, last = 0; last < channel.arrivals.length; last += 1) {
    const until = channel.arrivals[last]?.atMs ?? 0;
    while ((channel.arrivals[first]?.atMs ?? 0) <= until - RATE_WINDOW_MS) first += 1;
    const isAlone = redisTroubles.some((time) => time.from < until && time.until > until - RATE_WINDOW_MS);
    // Without Redis each worker keeps the limit by itself.
    const allowed = ((rate * RATE_WINDOW_MS) / 1_000) * (isAlone ? workers : 1);
    const ratio = (last - first + 1) / allowed;
    if (ratio <= RATE_TOLERANCE || ratio <= (worst?.ratio ?? 0)) continue;
    const text = `${channel.name}: ${String(last - first + 1)} requests in 3 s until ${new Date(until).toISOString()}, ${String(allowed)} were allowed`;
    worst = { ratio, text };
  }
  return worst ? [{ text: worst.text, channel: channel.index }] : [];
}
