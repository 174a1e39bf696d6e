/**
 * Seals secrets at rest with AES-256-GCM under SECRETS_KEY. Layout: version (1 byte, 2) | id of the key (4) | nonce
 * (12) | tag (16) | ciphertext; version 1 lacks the id. `context` is authenticated, so a ciphertext copied onto another
 * row does not open there. Keys of SECRETS_KEY_PREVIOUS open too, but only SECRETS_KEY seals.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const VERSION = 2;
const VERSION_WITHOUT_KEY_ID = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The prefix of a sealed value: its key and layout. */
export const MARK_BYTES = 1 + KEY_ID_BYTES;

/** Thrown when the key is another one, or the bytes were not sealed for this row. */
export class NotOpenedError extends Error {
  constructor() {
    super('A stored secret cannot be opened: SECRETS_KEY is another one, or the bytes were changed');
    this.name = 'NotOpenedError';
  }
}

export class SecretBox {
  /** The prefix of what this process seals. */
  readonly mark: Buffer;
  /** By the hexadecimal id. */
  private readonly keys = new Map<string, Buffer>();
  private countOfFailures = 0;

  /**
   * @param key 32 bytes, seals
   * @param previousKeys open what they sealed before
   */
  constructor(
    private readonly key: Buffer,
    previousKeys: readonly Buffer[] = [],
  ) {
    for (const known of [key, ...previousKeys]) this.keys.set(idOf(known).toString('hex'), known);
    this.mark = Buffer.concat([Buffer.from([VERSION]), idOf(key)]);
  }

  /** How often something could not be opened. */
  get failures(): number {
    return this.countOfFailures;
  }

  seal(secret: string, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(context));
    const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([this.mark, nonce, cipher.getAuthTag(), ciphertext]);
  }

  /** Whether one of the keys this process has sealed the value; null: the value does not say. */
  knowsKeyOf(mark: Buffer): boolean | null {
    return mark[0] === VERSION ? this.keys.has(mark.subarray(1, MARK_BYTES).toString('hex')) : null;
  }

  /** @throws NotOpenedError when the key, the context or the bytes are not those of `seal` */
  open(sealed: Buffer, context: string): string {
    for (const { key, start } of this.candidatesFor(sealed)) {
      const opened = openWith(key, sealed.subarray(start), context);
      if (opened !== null) return opened;
    }
    this.countOfFailures += 1;
    throw new NotOpenedError();
  }

  private candidatesFor(sealed: Buffer): { key: Buffer; start: number }[] {
    if (sealed[0] === VERSION) {
      const key = this.keys.get(sealed.subarray(1, MARK_BYTES).toString('hex'));
      return key ? [{ key, start: MARK_BYTES }] : [];
    }
    return sealed[0] === VERSION_WITHOUT_KEY_ID
      ? [...this.keys.values()].map((key) => ({ key, start: 1 }))
      : [];
  }
}

/** Four bytes that distinguish keys and reveal nothing else of them. */
function idOf(key: Buffer): Buffer {
  return createHmac('sha256', key).update('im-callback key id').digest().subarray(0, KEY_ID_BYTES);
}

/**
 * @param rest nonce, tag and ciphertext
 * @returns null when they do not belong to key and context
 */
function openWith(key: Buffer, rest: Buffer, context: string): string | null {
  if (rest.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, rest.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(context))
    .setAuthTag(rest.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const opened = [decipher.update(rest.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  } catch {
    return null;
  }
}
