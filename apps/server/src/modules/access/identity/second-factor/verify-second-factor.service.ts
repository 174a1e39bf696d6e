import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { tokenHash } from '../../../../platform/crypto/random-token.js';
import { SecretBox } from '../../../../platform/crypto/secret-box.js';
import { SecondFactorsRepository } from '../data/second-factors.repository.js';
import { isTotpCode, plainCode } from '../domain/recovery-code.js';
import { secondFactorContext } from './second-factor-context.js';
import { stepOfCode } from './totp.js';

/** The kind of a valid code. */
export type UsedSecondFactor = 'totp' | 'recovery_code';

/** Verifies a code and uses it up: each one is accepted once, even in concurrent requests. */
@Injectable()
export class VerifySecondFactorService {
  constructor(
    private readonly secondFactors: SecondFactorsRepository,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  async isEnabledFor(userId: string): Promise<boolean> {
    return (await this.secondFactors.findConfirmed([userId])).has(userId);
  }

  /** @returns undefined when the code is wrong or was used before */
  async verify(userId: string, typed: string): Promise<UsedSecondFactor | undefined> {
    const code = plainCode(typed);
    if (!isTotpCode(code)) {
      const wasUsed = await this.secondFactors.useRecoveryCode(userId, tokenHash(code), this.clock.now());
      return wasUsed ? 'recovery_code' : undefined;
    }
    const stored = await this.secondFactors.find(userId);
    if (!stored?.confirmedAt) return undefined;
    const secret = this.secretBox.open(stored.secretCiphertext, secondFactorContext(userId));
    const step = stepOfCode(secret, code, this.clock.nowMs());
    const isRight = step !== undefined && (await this.secondFactors.useStep(userId, step));
    return isRight ? 'totp' : undefined;
  }
}
