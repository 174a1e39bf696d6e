import { describe, expect, it } from 'vitest';
import type { PostedEvent } from '../ledger/posted-event.js';
import { arrival, evidence, posted, row } from '../testing/evidence.js';
import {
  DUPLICATES_ARE_KNOWN,
  NOTHING_IS_INVENTED,
  NOTHING_IS_LOST,
  ONE_EVENT_FOR_ONE_ID,
} from './arrivals.js';
import type { ChannelEvidence, Proof } from './evidence.js';

const refused = { acceptedOrder: 0 };
const givenUp = row(0, { status: 'failed' });

describe('the arrivals of a webhook', () => {
  it.each<[string, Proof, PostedEvent, Partial<ChannelEvidence>, number]>([
    ['that arrived is not lost', NOTHING_IS_LOST, posted(0), { arrivals: [arrival(0, 1)] }, 0],
    ['that never came is lost', NOTHING_IS_LOST, posted(0), {}, 1],
    ['that was only refused is lost', NOTHING_IS_LOST, posted(0), { arrivals: [arrival(0, 1, refused)] }, 1],
    ['that was given up in time is not lost', NOTHING_IS_LOST, posted(0), { rows: [givenUp] }, 0],
    [
      'that was given up too soon is lost',
      NOTHING_IS_LOST,
      posted(0),
      { rows: [givenUp], mayGiveUp: false },
      1,
    ],
    ['with an unknown outcome need not come', NOTHING_IS_LOST, posted(0, { state: 'unknown' }), {}, 0],
    ['for another webhook need not come', NOTHING_IS_LOST, posted(0, { stream: 'edits' }), {}, 0],
    [
      'with an unknown outcome may come',
      NOTHING_IS_INVENTED,
      posted(0, { state: 'unknown' }),
      { arrivals: [arrival(0, 1)] },
      0,
    ],
    [
      'that was refused must not come',
      NOTHING_IS_INVENTED,
      posted(0, { state: 'refused' }),
      { arrivals: [arrival(0, 1)] },
      1,
    ],
    [
      'for another webhook must not come',
      NOTHING_IS_INVENTED,
      posted(0, { stream: 'edits' }),
      { arrivals: [arrival(0, 1)] },
      1,
    ],
    ['that was not posted must not come', NOTHING_IS_INVENTED, posted(0), { arrivals: [arrival(7, 1)] }, 1],
    ['with two ids is two events', ONE_EVENT_FOR_ONE_ID, posted(0, { eventIds: ['a', 'b'] }), {}, 1],
  ])('an event %s', (_what, proof, event, channel, violations) => {
    expect(proof.violationsIn(evidence([event], channel))).toHaveLength(violations);
  });

  it.each([
    ['the same', {}, 0],
    ['another callbackId', { callbackId: 'other' }, 1],
    ['another deliveryId', { deliveryId: 'other' }, 1],
    ['other bytes', { bodyHash: 'other' }, 1],
  ])('an event that comes again with %s', (_what, difference, violations) => {
    const arrivals = [arrival(0, 1), arrival(0, 3, difference)];
    expect(DUPLICATES_ARE_KNOWN.violationsIn(evidence([posted(0)], { arrivals }))).toHaveLength(violations);
  });
});
