import { describe, expect, it } from 'vitest';
import { shortId, describeSubject } from './subject-parts.js';

describe('shortId', () => {
  it.each([
    ['single_u1_u2', 'single_u1_u2'],
    ['0198c1f2-0000-7000-8000-000000000001', '0198c…00001'],
    ['😀'.repeat(20), `${'😀'.repeat(5)}…${'😀'.repeat(5)}`],
  ])('of %s is %s', (id, short) => {
    expect(shortId(id)).toBe(short);
  });
});

describe('describeSubject', () => {
  it.each([
    [{ messageId: 'm1', conversationId: 'c1', receiverId: 'u2' }, 'm1 · c1 → u2'],
    [{ conversationId: 'c1' }, 'c1'],
    [{ receiverId: 'u2' }, '→ u2'],
    [{}, ''],
  ])('of %o is "%s"', (subject, text) => {
    expect(describeSubject(subject, true)).toBe(text);
  });

  it('has whole ids if asked', () => {
    const messageId = 'm'.repeat(40);
    expect(describeSubject({ messageId }, false)).toBe(messageId);
  });
});
