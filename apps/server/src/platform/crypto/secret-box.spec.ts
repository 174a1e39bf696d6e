import { describe, expect, it } from 'vitest';
import { SecretBox } from './secret-box.js';

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
