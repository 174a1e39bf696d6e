import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id, which is the library's default algorithm: 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes and verifies passwords with argon2id. */
@Injectable()
export class VerifyPasswordService {
  private readonly unmatchableHash = hash(randomBytes(32), PARAMETERS);

  hash(password: string): Promise<string> {
    return hash(password, PARAMETERS);
  }

  /** @param passwordHash undefined when there is no such user: the answer is no and takes as long as any other */
  async isRight(passwordHash: string | undefined, password: string): Promise<boolean> {
    const isMatch = await verify(passwordHash ?? (await this.unmatchableHash), password);
    return isMatch && passwordHash !== undefined;
  }
}
