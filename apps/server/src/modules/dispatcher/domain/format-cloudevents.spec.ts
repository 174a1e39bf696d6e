import { describe, expect, it } from 'vitest';
import { callbackDelivery, callbackTarget } from '../../../testing/callback-parts.js';
import type { CallbackDelivery } from './callback.js';
import { cloudEventEntry } from './format-cloudevents.js';

function eventOf(override: Partial<CallbackDelivery>, appKey = 'ak_1'): Record<string, unknown> {
  const text = cloudEventEntry(callbackTarget({ appKey }), callbackDelivery(override));
  return JSON.parse(text) as Record<string, unknown>;
}

describe('a cloud event', () => {
  it('has the attributes that CloudEvents 1.0 requires, and names its own in lower case', () => {
    const event = eventOf({});
    expect(event).toMatchObject({ specversion: '1.0', id: 'c-1', type: 'message.sent' });
    expect(Object.keys(event).filter((name) => !/^[a-z0-9]{1,20}$/.test(name))).toEqual([]);
  });

  it.each([
    ['single_u1_u2', 'single_u1_u2'],
    ['群:1001 👋', '群:1001 👋'],
    [null, undefined],
    ['', undefined],
    ['a\nb', undefined],
    ['a\u0085b', undefined],
    ['\ud83d', undefined],
    ['\uffff', undefined],
  ])('of the conversation %j has the subject %j', (conversationId, subject) => {
    expect(eventOf({ conversationId }).subject).toBe(subject);
  });

  it('has a source that is a URI, whatever the AppKey', () => {
    const { source } = eventOf({}, 'ak 钥"');
    expect(source).toBe('urn:im-callback:app:ak%20%E9%92%A5%22');
  });
});
