import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SET_UP_WITHOUT_PASSWORD_MS, type SecondFactorSetUp } from '@im/contracts/api/second-factor';
import { Clock } from '../../../../platform/clock/clock.js';
import { tokenHash } from '../../../../platform/crypto/random-token.js';
import { SecretBox } from '../../../../platform/crypto/secret-box.js';
import { DomainError } from '../../../../platform/errors/domain-error.js';
import { SecondFactorsRepository } from '../data/second-factors.repository.js';
import { UsersRepository } from '../data/users.repository.js';
import type { SessionIdentity } from '../domain/identity.js';
import {
  plainCode,
  RECOVERY_CODE_BYTES,
  RECOVERY_CODE_COUNT,
  recoveryCodeOf,
} from '../domain/recovery-code.js';
import { ThrottleLoginsService } from '../throttle-logins.service.js';
import { VerifyPasswordService } from '../verify-password.service.js';
import { secondFactorContext } from './second-factor-context.js';
import { newTotpSecret, stepOfCode, totpUri } from './totp.js';

/** Sets up a second factor in two steps: a secret for the authenticator, then the proof that it has it. */
@Injectable()
export class SetUpSecondFactorService {
  constructor(
    private readonly secondFactors: SecondFactorsRepository,
    private readonly users: UsersRepository,
    private readonly passwords: VerifyPasswordService,
    private readonly throttle: ThrottleLoginsService,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts the set-up. It needs the password: with a stolen cookie, an attacker could lock the owner out.
   *
   * @throws DomainError `conflict` when there is one already; `invalid_input` at /password when it is needed;
   *   `invalid_credentials`, `too_many_requests`
   */
  async begin(
    identity: SessionIdentity,
    password: string | undefined,
    ipAddress: string,
  ): Promise<SecondFactorSetUp> {
    const { userId, email } = identity;
    if (password !== undefined) await this.assertRight(identity, password, ipAddress);
    else if (await this.needsPassword(identity)) throw passwordRequired();
    const secret = newTotpSecret();
    const sealed = this.secretBox.seal(secret, secondFactorContext(userId));
    if (!(await this.secondFactors.begin(userId, sealed, this.clock.now()))) throw alreadyEnabled();
    return { secret, otpauthUri: totpUri(secret, email) };
  }

  /**
   * Not needed right after logging in, nor after single sign-on, since such members may have none. Operators always
   * have one, and an identity provider must not be able to lock them out.
   */
  private async needsPassword({ userId, method, openedAt }: SessionIdentity): Promise<boolean> {
    if (method === 'oidc') return (await this.users.findById(userId))?.isOperator === true;
    return this.clock.nowMs() - openedAt.getTime() >= SET_UP_WITHOUT_PASSWORD_MS;
  }

  private async assertRight(
    { userId, email }: SessionIdentity,
    password: string,
    ipAddress: string,
  ): Promise<void> {
    const isRight = await this.throttle.judge({ email, ipAddress }, async (verdict) => {
      const user = await this.users.findById(userId);
      const isMatch = await this.passwords.isRight(user?.passwordHash, password);
      verdict[isMatch ? 'right' : 'wrong']();
      return isMatch;
    });
    if (!isRight) throw new DomainError('invalid_credentials', 'This is not your password');
  }

  /**
   * Confirms the set-up. Wrong codes are not counted: the caller was shown the secret and has nothing to guess.
   *
   * @returns the recovery codes, which cannot be read again
   * @throws DomainError `conflict`, `invalid_input` at /code
   */
  async confirm({ userId, sessionId }: SessionIdentity, typed: string): Promise<string[]> {
    const stored = await this.secondFactors.find(userId);
    if (!stored) throw new DomainError('conflict', 'Set-up has not begun; begin it first');
    if (stored.confirmedAt) throw alreadyEnabled();
    const { secretCiphertext } = stored;
    const secret = this.secretBox.open(secretCiphertext, secondFactorContext(userId));
    const step = stepOfCode(secret, plainCode(typed), this.clock.nowMs());
    if (step === undefined) throw wrongCode();
    const codes = Array.from({ length: RECOVERY_CODE_COUNT }, () =>
      recoveryCodeOf(randomBytes(RECOVERY_CODE_BYTES)),
    );
    const recoveryCodeHashes = codes.map((code) => tokenHash(plainCode(code)));
    const now = this.clock.now();
    const confirmed = { userId, secretCiphertext, step, recoveryCodeHashes, sessionId, now };
    if (!(await this.secondFactors.confirm(confirmed))) throw alreadyEnabled();
    return codes;
  }
}

function alreadyEnabled(): DomainError {
  return new DomainError('conflict', 'You have a second factor already; turn it off first');
}

function passwordRequired(): DomainError {
  return DomainError.invalid({
    pointer: '/password',
    code: 'required',
    message: 'is needed: you did not log in just now',
  });
}

export function wrongCode(): DomainError {
  return DomainError.invalid({
    pointer: '/code',
    code: 'invalid_value',
    message: 'is wrong, too old, or was used before',
  });
}
