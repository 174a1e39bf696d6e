import { describe, expect, it } from 'vitest';
import { ingestEventRequestSchema } from './events.js';

const event = { event: 'message.sent', data: { any: 'thing' } };

describe('an event as received', () => {
  it.each<[what: string, input: Record<string, unknown>]>([
    ['a name and data only', {}],
    ['an id', { id: 'x'.repeat(200) }],
    ['an instant with an offset', { timestamp: '2026-11-21T16:00:00+08:00' }],
    ['a conversation', { conversationId: 'single_u1_u2' }],
    ['empty data', { data: {} }],
  ])('may have %s', (_, input) => {
    const body = { ...event, ...input };
    expect(ingestEventRequestSchema.parse(body)).toEqual(body);
  });

  it('keeps data as it is, order included', () => {
    const data = { z: 1, extra: null, a: { nested: ['你好'] } };
    expect(JSON.stringify(ingestEventRequestSchema.parse({ ...event, data }).data)).toBe(
      JSON.stringify(data),
    );
  });

  it.each<[fault: string, input: Record<string, unknown>, path: string]>([
    ['no event', { event: undefined }, 'event'],
    ['an empty event', { event: '' }, 'event'],
    ['an event over 100 characters', { event: 'x'.repeat(101) }, 'event'],
    ['no data', { data: undefined }, 'data'],
    ['null data', { data: null }, 'data'],
    ['a list as data', { data: [] }, 'data'],
    ['text as data', { data: '{}' }, 'data'],
    ['an empty id', { id: '' }, 'id'],
    ['an id that is a number', { id: 1 }, 'id'],
    ['an id over 200 characters', { id: 'x'.repeat(201) }, 'id'],
    ['an id with a NUL character', { id: 'a\u0000' }, 'id'],
    ['a timestamp that is a number', { timestamp: 1763712000123 }, 'timestamp'],
    ['a timestamp without an offset', { timestamp: '2026-11-21T08:00:00' }, 'timestamp'],
    ['an empty conversation', { conversationId: '' }, 'conversationId'],
    ['an unknown field', { payload: {} }, ''],
  ])('may not have %s', (_, input, path) => {
    const { error } = ingestEventRequestSchema.safeParse({ ...event, ...input });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  it.each([null, [], 'text', 1])('is an object, not %j', (body) => {
    expect(ingestEventRequestSchema.safeParse(body).success).toBe(false);
  });
});
