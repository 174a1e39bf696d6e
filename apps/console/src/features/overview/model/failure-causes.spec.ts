import { expect, it } from 'vitest';
import { failureCauses } from './failure-causes.js';

it('counts causes with their HTTP statuses, the most frequent first', () => {
  const of = (errorClass: 'server_error' | 'redirect' | null, responseStatus: number | null) => ({
    errorClass,
    responseStatus,
  });
  expect(
    failureCauses([
      of('redirect', 302),
      of('server_error', 500),
      of('server_error', 502),
      of('server_error', 502),
      of('server_error', null),
      of(null, 200),
    ]),
  ).toEqual([
    { errorClass: 'server_error', count: 4, share: 1, responseStatuses: [502, 500] },
    { errorClass: 'redirect', count: 1, share: 0.25, responseStatuses: [302] },
  ]);
  expect(failureCauses([])).toEqual([]);
});
