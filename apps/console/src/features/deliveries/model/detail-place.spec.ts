import { describe, expect, it } from 'vitest';
import { detailQuery, readDetailPlace } from './detail-place.js';

describe('what is shown of an open delivery', () => {
  it.each([
    [{ tab: 'request' }, { tab: 'request', attempt: undefined }],
    [
      { tab: 'response', attempt: '12' },
      { tab: 'response', attempt: 12 },
    ],
    [{}, { tab: 'timeline', attempt: undefined }],
    [{ tab: 'lost' }, { tab: 'timeline', attempt: undefined }],
    [
      { tab: ['payload'], attempt: ['1', '2'] },
      { tab: 'timeline', attempt: undefined },
    ],
  ])('is read from the query %j as %j', (query, place) => {
    expect(readDetailPlace(query)).toEqual(place);
  });

  it.each(['0', '-1', '1.5', '1e3', '12345', 'two', ''])(
    'is the newest attempt where it names %j',
    (attempt) => {
      expect(readDetailPlace({ attempt }).attempt).toBeUndefined();
    },
  );

  it('is read again from the query it is written to', () => {
    const place = { tab: 'response', attempt: 3 } as const;
    expect(readDetailPlace(detailQuery(place))).toEqual(place);
  });

  it('leaves the query empty while nothing was chosen', () => {
    expect(detailQuery({ tab: 'timeline' })).toEqual({ tab: undefined, attempt: undefined });
  });
});
