import { expect, it } from 'vitest';
import { lastNamedIn, readPath } from './read-path.js';

const id = '019a0000-0000-7000-8000-00000000000a';

it('takes ids in small letters, AppKeys and names of event types as they are', () => {
  const path = { appKey: 'AK_1', webhookId: id.toUpperCase(), eventName: 'order.paid' };
  expect(readPath(path)).toEqual({ appKey: 'AK_1', webhookId: id, eventName: 'order.paid' });
});

it.each([
  [{ webhookId: 'no-id' }, 'webhook'],
  [{ appKey: 'ak_1', deliveryId: `${id}0` }, 'delivery'],
  [{ channelId: '' }, 'notification channel'],
  [{ eventName: '\u0000' }, 'event type'],
])('finds nothing at %j', (path, what) => {
  expect(() => readPath(path)).toThrow(`There is no such ${what}`);
});

it.each([
  [{}, undefined],
  [{ appKey: 'ak_1' }, undefined],
  [{ appKey: 'ak_1', webhookId: 'w', recoveryId: 'r' }, 'r'],
])('of %j the last thing is %s', (path, last) => {
  expect(lastNamedIn(path)).toBe(last);
});
