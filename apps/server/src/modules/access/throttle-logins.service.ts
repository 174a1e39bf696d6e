import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/http/domain-error.js';
import { LoginThrottlesRepository } from './data/login-throttles.repository.js';
import {
  afterWrongTry,
  emailThrottleKey,
  ipThrottleKey,
  secondsBlocked,
  type ThrottleState,
} from './domain/login-throttle.js';

export interface PasswordTry {
  email: string;
  ipAddress: string;
}

/** Refuses password tries while an account or an address waits after too many wrong ones. */
@Injectable()
export class ThrottleLoginsService {
  constructor(
    private readonly throttles: LoginThrottlesRepository,
    private readonly clock: Clock,
  ) {}

  /** Before the password is looked at. @throws DomainError `too_many_requests` with the seconds to wait */
  async assertMayTry(attempt: PasswordTry): Promise<void> {
    this.assertNotBlocked(await this.throttles.find(keysOf(attempt)));
  }

  /**
   * After the password was looked at. Tries sent all at once pass the first check together; here they come one by
   * one, and those behind the limit are refused whatever their password was worth. A right one clears the count of its
   * account alone: who has one account must not get more tries at others.
   *
   * @throws DomainError `too_many_requests` with the seconds to wait
   */
  async settle(attempt: PasswordTry, isRight: boolean): Promise<void> {
    const keys = keysOf(attempt);
    if (isRight) {
      this.assertNotBlocked(await this.throttles.find(keys));
      await this.forget(attempt.email);
      return;
    }
    await this.throttles.change(keys, this.clock.now(), (states) => {
      this.assertNotBlocked(states);
      return states.map((state) => afterWrongTry(state, this.clock.nowMs()));
    });
  }

  /** When somebody proved to own the account, or an admin gave it a new password, its owner need not wait. */
  async forget(email: string): Promise<void> {
    await this.throttles.remove([emailThrottleKey(email)]);
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
  return [emailThrottleKey(email), ipThrottleKey(ipAddress)];
}
