import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ConcurrencyLimiter } from '../../../platform/limits/concurrency-limiter.js';

/** OWASP's first choice for argon2id, which is the library's default algorithm: 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Each hash takes a core and 19 MiB. Half of the cores stay free, and three quarters while other work waits. */
const MAX_HASHES = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));
const WAITING = { maxWaiting: 40, maxWaitingPerKey: 40, maxWaitMs: 10_000, restsAfterUse: true };
const RETRY_SECONDS = 2;

/** Hashes and verifies passwords with argon2id, few at a time. */
@Injectable()
export class VerifyPasswordService {
  private readonly unmatchableHash = hash(randomBytes(32), PARAMETERS);
  private readonly limiter = new ConcurrencyLimiter({ maxConcurrent: MAX_HASHES, ...WAITING }, tooManyAtOnce);

  /** @throws DomainError `too_many_requests` */
  hash(password: string): Promise<string> {
    return this.limiter.run('', () => hash(password, PARAMETERS));
  }

  /**
   * @param passwordHash undefined when there is no such user: the answer is no and takes as long as any other
   * @throws DomainError `too_many_requests`
   */
  async isRight(passwordHash: string | undefined, password: string): Promise<boolean> {
    const compared = passwordHash ?? (await this.unmatchableHash);
    const isMatch = await this.limiter.run('', () => verify(compared, password));
    return isMatch && passwordHash !== undefined;
  }
}

function tooManyAtOnce(): DomainError {
  return new DomainError('too_many_requests', 'Too many passwords come in at once; try again in a moment', {
    retryAfterSeconds: RETRY_SECONDS,
  });
}
