import { expect, it } from 'vitest';
import { pickCandidates, type Candidate } from './pick-candidates.js';

function candidate(candidateId: string, override: Partial<Candidate> = {}): Candidate {
  return {
    candidateId,
    eventId: `event of ${candidateId}`,
    event: 'message.sent',
    conversationId: null,
    originalDeliveryId: candidateId,
    isPayloadKept: true,
    isDelivered: false,
    isPending: false,
    isRepeated: false,
    ...override,
  };
}

const none = { alreadyDelivered: 0, alreadyPending: 0, alreadyRepeated: 0, payloadExpired: 0 };

it.each([
  ['has arrived', { isDelivered: true, isRepeated: true }, 'alreadyDelivered'],
  ['waits', { isPending: true, isRepeated: true }, 'alreadyPending'],
  ['was tried again', { isRepeated: true }, 'alreadyRepeated'],
  ['has lost its payload', { isPayloadKept: false }, 'payloadExpired'],
] as const)('what %s is left alone and counted', (_what, override, reason) => {
  expect(pickCandidates([candidate('a', override)], 10)).toEqual({
    replays: [],
    skipped: { ...none, [reason]: 1 },
    lastId: 'a',
  });
});

it('of two deliveries of one callback the first is replayed', () => {
  const twice = [candidate('a', { eventId: 'e' }), candidate('b', { eventId: 'e' })];
  const { replays, skipped } = pickCandidates(twice, 10);
  expect(replays.map(({ candidateId }) => candidateId)).toEqual(['a']);
  expect(skipped).toEqual({ ...none, alreadyPending: 1 });
});

it('stops before the first candidate beyond the limit, past those that are not replayed anyway', () => {
  const row = [
    candidate('a'),
    candidate('b', { isDelivered: true }),
    candidate('c'),
    candidate('d', { isDelivered: true }),
    candidate('e'),
  ];
  const { replays, lastId, skipped } = pickCandidates(row, 2);
  expect(replays.map(({ candidateId }) => candidateId)).toEqual(['a', 'c']);
  expect(lastId).toBe('d');
  expect(skipped.alreadyDelivered).toBe(2);
});
