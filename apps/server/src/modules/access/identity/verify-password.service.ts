import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Piscina } from 'piscina';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ConcurrencyLimiter } from '../../../platform/limits/concurrency-limiter.js';
import { PARAMETERS, type PasswordToVerify } from './hash-passwords.worker.js';

/** Each hash takes a core and 19 MiB. Half of the cores stay free, and three quarters while other work waits. */
const MAX_HASHES = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));
const WAITING = { maxWaiting: 40, maxWaitingPerKey: 40, maxWaitMs: 10_000, restsAfterUse: true };
const RETRY_SECONDS = 2;
/** A tenth of the processor while everything else wants it, and all of it otherwise. */
const NICE_INCREMENT = 10;
const IDLE_THREAD_MS = 60_000;

/** Specs run from the sources, but start the built file. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts')
    ? '../../../../dist/modules/access/identity/hash-passwords.worker.js'
    : './hash-passwords.worker.js',
  import.meta.url,
);

/** Hashes and verifies passwords with argon2id, few at a time and in threads that give way to the event loop. */
@Injectable()
export class VerifyPasswordService implements OnModuleDestroy {
  private readonly unmatchableHash = unmatchableHash();
  private readonly limiter = new ConcurrencyLimiter({ maxConcurrent: MAX_HASHES, ...WAITING }, tooManyAtOnce);
  private threads: Piscina | undefined;

  async onModuleDestroy(): Promise<void> {
    await this.threads?.close();
  }

  /** @throws DomainError `too_many_requests` */
  hash(password: string): Promise<string> {
    return this.run<string>('hashPassword', password);
  }

  /**
   * @param passwordHash undefined when there is no such user: the answer is no and takes as long as any other
   * @throws DomainError `too_many_requests`
   */
  async isRight(passwordHash: string | undefined, password: string): Promise<boolean> {
    const task: PasswordToVerify = { passwordHash: passwordHash ?? this.unmatchableHash, password };
    const isMatch = await this.run<boolean>('verifyPassword', task);
    return isMatch && passwordHash !== undefined;
  }

  private run<T>(name: string, task: unknown): Promise<T> {
    // Created on first use: most processes never see a password.
    this.threads ??= new Piscina({
      filename: fileURLToPath(WORKER),
      minThreads: 0,
      maxThreads: MAX_HASHES,
      idleTimeout: IDLE_THREAD_MS,
      niceIncrement: NICE_INCREMENT,
    });
    const { threads } = this;
    return this.limiter.run('', () => threads.run(task, { name }) as Promise<T>);
  }
}

/** Well-formed, with the parameters of all others, and of no password that anyone knows. */
function unmatchableHash(): string {
  const { memoryCost, timeCost, parallelism } = PARAMETERS;
  const [salt, digest] = [16, 32].map((bytes) => randomBytes(bytes).toString('base64').replaceAll('=', ''));
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$${digest}`;
}

function tooManyAtOnce(): DomainError {
  return new DomainError('too_many_requests', 'Too many passwords come in at once; try again in a moment', {
    retryAfterSeconds: RETRY_SECONDS,
  });
}
