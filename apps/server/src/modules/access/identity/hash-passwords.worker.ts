/** Runs in threads of their own, with a lower priority than the rest of the process. */
import { hashSync, verifySync } from '@node-rs/argon2';

/** OWASP's first choice for argon2id, which is the library's default algorithm: 19 MiB, 2 passes, 1 lane. */
export const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface PasswordToVerify {
  passwordHash: string;
  password: string;
}

/** @returns in the PHC string format */
export function hashPassword(password: string): string {
  return hashSync(password, PARAMETERS);
}

/** @throws Error when the hash is malformed */
export function verifyPassword({ passwordHash, password }: PasswordToVerify): boolean {
  return verifySync(passwordHash, password);
}
