import { hash, randomBytes } from 'node:crypto';

/** Makes an unguessable token: 32 random bytes in base64url after a readable prefix. */
export function randomToken(prefix: string): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** Hashes bearer secrets for storage: they are random, so a plain SHA-256 suffices and can be looked up. */
export function tokenHash(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
