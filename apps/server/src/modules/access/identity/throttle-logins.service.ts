import { availableParallelism } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../../config/env.js';
import { Clock } from '../../../platform/clock/clock.js';
import { addressBlockOf } from '../../../platform/http-server/address-block.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ConcurrencyLimiter } from '../../../platform/limits/concurrency-limiter.js';
import { LoginThrottlesRepository } from './data/login-throttles.repository.js';
import {
  afterWrongTry,
  emailThrottleKey,
  ipThrottleKey,
  secondsBlocked,
  withoutTry,
  type CountedTry,
  type ThrottleState,
} from './domain/login-throttle.js';

export interface PasswordTry {
  email: string;
  ipAddress: string;
}

/** The verdict on a try. Without one it does not count, as when it was aborted or a code is required. */
export interface Verdict {
  right: () => void;
  wrong: () => void;
}

/** Tries under way at once: hashing one takes a core, and each needs a connection of the database meanwhile. */
const MAX_TRIES_PER_CORE = 0.5;
const MAX_SHARE_OF_POOL = 0.25;
const WAITING = { maxWaiting: 40, maxWaitingPerKey: 20, maxWaitMs: 10_000 };
const RETRY_SECONDS = 2;

/**
 * Checks few password tries at a time, and none while an account or an address is blocked after too many wrong ones. A
 * try counts as wrong before it is checked, so that tries sent at once get no advantage.
 */
@Injectable()
export class ThrottleLoginsService {
  private readonly limiter: ConcurrencyLimiter;

  constructor(
    private readonly throttles: LoginThrottlesRepository,
    private readonly clock: Clock,
    @Inject(ENV) { DATABASE_POOL_SIZE }: Env,
  ) {
    const byCores = 1 + availableParallelism() * MAX_TRIES_PER_CORE;
    const maxConcurrent = Math.max(1, Math.floor(Math.min(byCores, DATABASE_POOL_SIZE * MAX_SHARE_OF_POOL)));
    this.limiter = new ConcurrencyLimiter({ maxConcurrent, ...WAITING }, tooManyAtOnce);
  }

  /**
   * A right try clears the count of its account only: the owner of one account must not get more tries at others.
   *
   * @param look checks the password and returns the verdict
   * @throws DomainError `too_many_requests` with the seconds to wait; what `look` throws
   */
  judge<T>(attempt: PasswordTry, look: (verdict: Verdict) => Promise<T>): Promise<T> {
    return this.limiter.run(addressBlockOf(attempt.ipAddress), async () => {
      const counted = await this.count(attempt);
      let verdict: 'right' | 'wrong' | undefined;
      try {
        return await look({
          right: () => {
            verdict = 'right';
          },
          wrong: () => {
            verdict = 'wrong';
          },
        });
      } finally {
        if (verdict !== 'wrong') await this.uncount(counted);
        if (verdict === 'right') await this.clear(attempt.email);
      }
    });
  }

  /** Runs before anything else of a request is read, so that refusing many is cheap. */
  assertAdmits(ipAddress: string): void {
    this.limiter.assertAdmits(addressBlockOf(ipAddress));
  }

  /** Clears the count of an account, after its owner was authenticated or an admin set a new password. */
  async clear(email: string): Promise<void> {
    await this.throttles.remove([emailThrottleKey(email)]);
  }

  private async count(attempt: PasswordTry): Promise<CountedTry[]> {
    const counted: CountedTry[] = [];
    await this.throttles.change(keysOf(attempt), this.clock.now(), (states) => {
      this.assertNotBlocked(states);
      counted.push(...states.map((before) => ({ before, after: afterWrongTry(before, this.clock.nowMs()) })));
      return counted.map(({ after }) => after);
    });
    return counted;
  }

  private async uncount(counted: readonly CountedTry[]): Promise<void> {
    const byKey = new Map(counted.map((one) => [one.before.throttleKey, one]));
    await this.throttles.change([...byKey.keys()], this.clock.now(), (states) =>
      states.map((state) => {
        const one = byKey.get(state.throttleKey);
        return one ? withoutTry(state, one) : state;
      }),
    );
  }

  private assertNotBlocked(states: ThrottleState[]): void {
    const retryAfterSeconds = secondsBlocked(states, this.clock.nowMs());
    if (retryAfterSeconds === 0) return;
    throw new DomainError('too_many_requests', `Too many wrong tries; try again in ${retryAfterSeconds} s`, {
      retryAfterSeconds,
    });
  }
}

function keysOf({ email, ipAddress }: PasswordTry): string[] {
  return [emailThrottleKey(email), ipThrottleKey(addressBlockOf(ipAddress))];
}

function tooManyAtOnce(): DomainError {
  return new DomainError('too_many_requests', 'Too many people log in at once; try again in a moment', {
    retryAfterSeconds: RETRY_SECONDS,
  });
}
