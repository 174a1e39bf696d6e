import { describe, expect, it, vi } from 'vitest';
import { OpenedSecrets } from './opened-secrets.js';
import { SecretBox } from './secret-box.js';

const box = new SecretBox(Buffer.alloc(32, 1));

describe('OpenedSecrets', () => {
  it('opens each ciphertext once, and each of them rightly', () => {
    const open = vi.spyOn(box, 'open');
    const opened = new OpenedSecrets(box);
    const [one, other] = [box.seal('one', 'app:1'), box.seal('other', 'app:1')];
    for (let round = 0; round < 3; round += 1) {
      expect(opened.open(Buffer.from(one), 'app:1')).toBe('one');
      expect(opened.open(Buffer.from(other), 'app:1')).toBe('other');
    }
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('opens nothing for another row, even after it was opened for its own', () => {
    const opened = new OpenedSecrets(box);
    const sealed = box.seal('one', 'app:1');
    opened.open(sealed, 'app:1');
    expect(() => opened.open(sealed, 'app:2')).toThrow();
  });
});
