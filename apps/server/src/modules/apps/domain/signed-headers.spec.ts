import { describe, expect, it } from 'vitest';
import { isTimely, readSignedHeaders } from './signed-headers.js';

const NOW_MS = 1_767_225_600_000;
const headers = {
  'x-app-key': 'ak_a',
  'x-app-timestamp': String(NOW_MS),
  'x-app-nonce': '0123456789abcdef',
  'x-app-signature': 'ff',
};

describe('readSignedHeaders', () => {
  it('reads the four headers', () => {
    expect(readSignedHeaders(headers)).toEqual({
      appKey: 'ak_a',
      timestamp: String(NOW_MS),
      nonce: '0123456789abcdef',
      signature: 'ff',
    });
  });

  it.each(Object.keys(headers))('wants %s', (name) => {
    expect(readSignedHeaders({ ...headers, [name]: undefined })).toBeUndefined();
  });

  it.each([
    ['7 characters', '1234567', false],
    ['8 characters', '12345678', true],
    ['64 characters', 'x'.repeat(64), true],
    ['65 characters', 'x'.repeat(65), false],
    ['a blank', '1234 5678', false],
    ['beyond ASCII', '12345678é', false],
  ])('a nonce of %s', (_, nonce, isRead) => {
    expect(readSignedHeaders({ ...headers, 'x-app-nonce': nonce }) !== undefined).toBe(isRead);
  });
});

describe('isTimely', () => {
  it.each([
    ['now', String(NOW_MS), true],
    ['5 minutes ago', String(NOW_MS - 300_000), true],
    ['5 minutes ahead', String(NOW_MS + 300_000), true],
    ['a millisecond too old', String(NOW_MS - 300_001), false],
    ['a millisecond too far ahead', String(NOW_MS + 300_001), false],
    ['in seconds', String(NOW_MS / 1000), false],
    ['no number', 'soon', false],
    ['not decimal', '0x19b75e8c800', false],
    ['empty', '', false],
  ])('%s', (_, timestamp, expected) => {
    expect(isTimely(timestamp, NOW_MS)).toBe(expected);
  });
});
