import { expect, it } from 'vitest';
import { rankCauses } from './rank-causes.js';

const of = (errorClass: 'server_error' | 'redirect', responseStatus: number | null, count: number) => ({
  ...{ errorClass, responseStatus, count },
});

it('adds up causes over their HTTP statuses, the most frequent first', () => {
  const counted = [
    of('redirect', 302, 4),
    of('server_error', 500, 1),
    of('server_error', 502, 3),
    of('server_error', null, 2),
    of('server_error', 503, 1),
    of('server_error', 504, 1),
  ];
  expect(rankCauses(counted)).toEqual([
    { errorClass: 'server_error', count: 8, responseStatuses: [502, 500, 503] },
    { errorClass: 'redirect', count: 4, responseStatuses: [302] },
  ]);
  expect(rankCauses([])).toEqual([]);
});
