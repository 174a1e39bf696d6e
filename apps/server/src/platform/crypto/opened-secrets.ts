import { Injectable } from '@nestjs/common';
import { SecretBox } from './secret-box.js';

/** Cached opened secrets; more than a process needs in practice. */
const MAX_OPENED = 10_000;

/** Opens sealed secrets, each ciphertext once: signing needs the same few thousands of times a second. */
@Injectable()
export class OpenedSecrets {
  /** By context and ciphertext, so that the cache opens only what the box would open. */
  private readonly opened = new Map<string, string>();

  constructor(private readonly secretBox: SecretBox) {}

  /** @throws Error when the key, the context or the bytes are not those it was sealed with */
  open(sealed: Buffer, context: string): string {
    const entry = `${context} ${sealed.toString('latin1')}`;
    const known = this.opened.get(entry);
    if (known !== undefined) return known;
    const secret = this.secretBox.open(sealed, context);
    if (this.opened.size >= MAX_OPENED) this.opened.clear();
    this.opened.set(entry, secret);
    return secret;
  }
}
