import { describe, expect, it } from 'vitest';
import { subjectOf } from './event-subject.js';

const NONE = { messageId: null, conversationId: null };

describe('subjectOf', () => {
  it.each([
    ['nothing of an event that names none', NONE, '{"at":1}', {}],
    [
      'what is stored, and the receiver',
      { messageId: 'm1', conversationId: 'c1' },
      '{"messageId":"m1","receiverId":"u2"}',
      { messageId: 'm1', conversationId: 'c1', receiverId: 'u2' },
    ],
    [
      'the message of a payload where none is stored',
      { conversationId: 'c1' },
      '{"messageId":"m1"}',
      { messageId: 'm1', conversationId: 'c1' },
    ],
    ['only what is stored without a payload', { ...NONE, messageId: 'm1' }, null, { messageId: 'm1' }],
    ['no receiver of an object inside', NONE, '{"content":{"receiverId":"u2"}}', {}],
    ['no value that is no text', NONE, '{"receiverId":2,"messageId":["m1"]}', {}],
    ['no value too long for an id', NONE, JSON.stringify({ receiverId: 'x'.repeat(201) }), {}],
    [
      'only what is stored with a payload too long to be read',
      { ...NONE, messageId: 'm1' },
      JSON.stringify({ receiverId: 'u2', text: 'x'.repeat(4_096) }),
      { messageId: 'm1' },
    ],
    ['nothing of a payload that is no object', NONE, '"text"', {}],
  ])('gives %s', (_, stored, payload, subject) => {
    expect(subjectOf(stored, payload)).toEqual(subject);
  });
});
