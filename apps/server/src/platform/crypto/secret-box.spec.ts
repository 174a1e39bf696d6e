import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MARK_BYTES, NotOpenedError, SecretBox } from './secret-box.js';

const box = new SecretBox(Buffer.alloc(32, 1));

describe('SecretBox', () => {
  it('opens what it sealed', () => {
    expect(box.open(box.seal('密钥 🔑', 'app:1'), 'app:1')).toBe('密钥 🔑');
  });

  it('seals the same secret differently each time', () => {
    expect(box.seal('s', 'app:1').equals(box.seal('s', 'app:1'))).toBe(false);
  });

  it.each([
    ['another row', (sealed: Buffer) => box.open(sealed, 'app:2')],
    ['another key', (sealed: Buffer) => new SecretBox(Buffer.alloc(32, 2)).open(sealed, 'app:1')],
    [
      'a changed byte',
      (sealed: Buffer) => {
        sealed[sealed.length - 1]! ^= 1;
        return box.open(sealed, 'app:1');
      },
    ],
    ['a cut ciphertext', (sealed: Buffer) => box.open(sealed.subarray(0, 20), 'app:1')],
  ])('does not open for %s', (_, open) => {
    expect(() => open(box.seal('s', 'app:1'))).toThrow();
  });
});

describe('a SecretBox whose key was replaced', () => {
  const next = new SecretBox(Buffer.alloc(32, 2), [Buffer.alloc(32, 1)]);
  const stranger = new SecretBox(Buffer.alloc(32, 3));

  it('opens what the former key sealed, and seals with its own alone', () => {
    expect(next.open(box.seal('s', 'app:1'), 'app:1')).toBe('s');
    expect(() => box.open(next.seal('s', 'app:1'), 'app:1')).toThrow(NotOpenedError);
  });

  it('shows by the first bytes which key sealed a value', () => {
    expect(next.seal('s', 'app:1').subarray(0, MARK_BYTES)).toEqual(next.mark);
    expect(next.knowsKeyOf(box.seal('s', 'app:1'))).toBe(true);
    expect(next.knowsKeyOf(stranger.seal('s', 'app:1'))).toBe(false);
  });

  it('opens what earlier versions sealed, which does not name its key', () => {
    const nonce = Buffer.alloc(12, 7);
    const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32, 1), nonce).setAAD(Buffer.from('app:1'));
    const ciphertext = Buffer.concat([cipher.update('密钥', 'utf8'), cipher.final()]);
    const sealed = Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), ciphertext]);
    expect([box, next].map((opener) => opener.open(sealed, 'app:1'))).toEqual(['密钥', '密钥']);
    expect(next.knowsKeyOf(sealed)).toBeNull();
    expect(() => stranger.open(sealed, 'app:1')).toThrow(NotOpenedError);
  });

  it('counts what it could not open', () => {
    const before = stranger.failures;
    expect(() => stranger.open(box.seal('s', 'app:1'), 'app:1')).toThrow(NotOpenedError);
    expect(stranger.failures).toBe(before + 1);
  });
});
