import { Body, Controller, Ip, Param } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { RecoveryCodes, SecondFactor, SecondFactorSetUp } from '@im/contracts/api/second-factor';
import { secondFactorRoutes } from '@im/contracts/routes/second-factor-routes';
import { parseBody, parseId } from '../../../../platform/http-server/parse-input.js';
import { Caller, Route } from '../../access.decorators.js';
import { SecondFactorsRepository } from '../data/second-factors.repository.js';
import type { SessionIdentity } from '../domain/identity.js';
import { RemoveSecondFactorService } from './remove-second-factor.service.js';
import { SetUpSecondFactorService } from './set-up-second-factor.service.js';

/** Its rules name no scope, so the caller always has a session. */
@Controller()
export class SecondFactorController {
  constructor(
    private readonly secondFactors: SecondFactorsRepository,
    private readonly setUp: SetUpSecondFactorService,
    private readonly removal: RemoveSecondFactorService,
  ) {}

  @Route(secondFactorRoutes.get)
  async get(@Caller() identity: SessionIdentity): Promise<Single<SecondFactor>> {
    const stored = await this.secondFactors.find(identity.userId);
    return {
      data: {
        isEnabled: Boolean(stored?.confirmedAt),
        enabledAt: stored?.confirmedAt?.toISOString() ?? null,
        recoveryCodesLeft: stored?.recoveryCodesLeft ?? 0,
      },
    };
  }

  @Route(secondFactorRoutes.begin)
  async begin(
    @Caller() identity: SessionIdentity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<SecondFactorSetUp>> {
    const { password } = parseBody(secondFactorRoutes.begin.body, body);
    return { data: await this.setUp.begin(identity, password, ipAddress) };
  }

  @Route(secondFactorRoutes.confirm)
  async confirm(
    @Caller() identity: SessionIdentity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<RecoveryCodes>> {
    const { code } = parseBody(secondFactorRoutes.confirm.body, body);
    return { data: { recoveryCodes: await this.setUp.confirm(identity, code, ipAddress) } };
  }

  @Route(secondFactorRoutes.remove)
  async remove(
    @Caller() identity: SessionIdentity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<void> {
    const proof = parseBody(secondFactorRoutes.remove.body, body);
    await this.removal.removeOwn(identity, proof, ipAddress);
  }

  @Route(secondFactorRoutes.resetOfMember)
  async resetOfMember(
    @Caller() identity: SessionIdentity,
    @Param('memberId') memberId: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    await this.removal.resetOfMember(identity, parseId(memberId, 'member'), ipAddress);
  }
}
