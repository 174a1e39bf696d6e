import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { expect, it } from 'vitest';
import { CREATING, isRepeatable, withEventIds } from './idempotency.js';

it('knows every route that creates something', () => {
  const created = ALL_ROUTES.filter(
    ({ method, answer, isOutsideOfApi }) => method === 'POST' && answer.status === 201 && !isOutsideOfApi,
  );
  const keys = created.map(({ method, path }) => `${method} ${path}`);
  expect([...CREATING].sort()).toEqual(keys.sort());
});

it.each([
  ['GET /apps', true],
  ['DELETE /apps/{appKey}', true],
  ['POST /apps', true],
  ['POST /apps/{appKey}/events', true],
  ['PATCH /apps/{appKey}', false],
  ['POST /apps/{appKey}/webhooks/{webhookId}/test', false],
] as const)('%s may be repeated: %s', (key, expected) => {
  expect(isRepeatable(key)).toBe(expected);
});

it('names events that have no id, and leaves those that have one', () => {
  const event = { event: 'a.b', data: {} };
  const one = withEventIds('POST /apps/{appKey}/events', event) as { id: string };
  expect(one).toEqual({ ...event, id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
  expect(withEventIds('POST /apps/{appKey}/events', { ...event, id: 'mine' })).toEqual({
    ...event,
    id: 'mine',
  });
  const { events } = withEventIds('POST /apps/{appKey}/events/batch', {
    events: [event, { ...event, id: 'mine' }],
  }) as { events: { id: string }[] };
  expect(events.map(({ id }) => id.length)).toEqual([36, 4]);
  expect(withEventIds('POST /apps', event)).toBe(event);
});
