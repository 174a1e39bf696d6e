import { randomBytes } from 'node:crypto';

/** Makes a password for a member to log in with once: 16 characters, 96 random bits. */
export function temporaryPassword(): string {
  return randomBytes(12).toString('base64url');
}
