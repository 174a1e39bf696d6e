/** Defines the promises about arrivals at each webhook. */
import type { Arrival } from '../receiver/receiver-commands.js';
import type { ChannelEvidence, Evidence, Proof, Violation } from './evidence.js';

/** A webhook's own share of the violations. */
function ofEachChannel(find: (channel: ChannelEvidence, evidence: Evidence) => Omit<Violation, 'channel'>[]) {
  return (evidence: Evidence): Violation[] =>
    evidence.channels.flatMap((channel) =>
      find(channel, evidence).map((violation) => ({
        ...violation,
        text: `${channel.name}: ${violation.text}`,
        channel: channel.index,
      })),
    );
}

export const NOTHING_IS_LOST: Proof = {
  promise: 'every event answered 202 arrived or, where the policy is short, was given up',
  violationsIn: ofEachChannel((channel, { events }) => {
    const accepted = new Set(
      channel.arrivals.filter((arrival) => arrival.acceptedOrder > 0).map((arrival) => arrival.sequence),
    );
    const givenUp = new Set(
      channel.mayGiveUp
        ? channel.rows.filter((row) => row.status === 'failed').map((row) => row.eventId)
        : [],
    );
    return events
      .filter(({ stream, state }) => stream === channel.stream && state === 'acknowledged')
      .filter(({ sequence, eventIds }) => !accepted.has(sequence) && !eventIds.some((id) => givenUp.has(id)))
      .map(({ sequence }) => ({ sequence, text: `event ${String(sequence)} is lost` }));
  }),
};

export const NOTHING_IS_INVENTED: Proof = {
  promise: 'nothing arrived that was not posted for that webhook',
  violationsIn: ofEachChannel((channel, { events }) => {
    const posted = new Map(events.map((event) => [event.sequence, event]));
    return channel.arrivals.flatMap(({ sequence }) => {
      const event = posted.get(sequence);
      if (event?.stream === channel.stream && event.state !== 'refused') return [];
      return [{ sequence, text: `event ${String(sequence)} came, although it was not posted` }];
    });
  }),
};

export const DUPLICATES_ARE_KNOWN: Proof = {
  promise: 'repeated events had the same callbackId and the same bytes',
  violationsIn: ofEachChannel((channel) => {
    const first = new Map<number, Arrival>();
    return channel.arrivals.flatMap((arrival) => {
      const before = first.get(arrival.sequence);
      if (!before) first.set(arrival.sequence, arrival);
      if (!before) return [];
      const { sequence } = arrival;
      const differing = (['callbackId', 'deliveryId', 'bodyHash'] as const).filter(
        (part) => arrival[part] !== before[part],
      );
      if (differing.length === 0) return [];
      return [
        { sequence, text: `event ${String(sequence)} came again with another ${differing.join(', ')}` },
      ];
    });
  }),
};

export const ONE_EVENT_FOR_ONE_ID: Proof = {
  promise: 'an event posted again with its id was the same event',
  violationsIn: ({ events }) =>
    events
      .filter(({ eventIds }) => eventIds.length > 1)
      .map(({ sequence, eventIds }) => ({
        sequence,
        text: `event ${String(sequence)} became ${eventIds.join(' and ')}`,
      })),
};
