import { createHash, randomBytes } from 'node:crypto';

/** Unguessable text, 32 random bytes in base64url after a readable prefix. */
export function randomToken(prefix: string): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** How bearer secrets are stored: they are random, so a plain SHA-256 suffices and can be looked up. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
