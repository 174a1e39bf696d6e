import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { RecoveryCodes, SecondFactor, SecondFactorSetUp } from '@im/contracts/api/second-factor';
import { secondFactorRoutes } from '@im/contracts/routes/second-factor-routes';
import { Input, Route, type RouteInput } from '../../access.decorators.js';
import { SecondFactorsRepository } from '../data/second-factors.repository.js';
import { RemoveSecondFactorService } from './remove-second-factor.service.js';
import { SetUpSecondFactorService } from './set-up-second-factor.service.js';

@Controller()
export class SecondFactorController {
  constructor(
    private readonly secondFactors: SecondFactorsRepository,
    private readonly setUp: SetUpSecondFactorService,
    private readonly removal: RemoveSecondFactorService,
  ) {}

  @Route(secondFactorRoutes.get)
  async get(@Input() { caller }: RouteInput<typeof secondFactorRoutes.get>): Promise<Single<SecondFactor>> {
    const stored = await this.secondFactors.find(caller.userId);
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
    @Input() { caller, body, ipAddress }: RouteInput<typeof secondFactorRoutes.begin>,
  ): Promise<Single<SecondFactorSetUp>> {
    return { data: await this.setUp.begin(caller, body.password, ipAddress) };
  }

  @Route(secondFactorRoutes.confirm)
  async confirm(
    @Input() { caller, body, audit }: RouteInput<typeof secondFactorRoutes.confirm>,
  ): Promise<Single<RecoveryCodes>> {
    const recoveryCodes = await this.setUp.confirm(caller, body.code);
    audit.note({ targetId: caller.userId });
    return { data: { recoveryCodes } };
  }

  @Route(secondFactorRoutes.remove)
  async remove(
    @Input() { caller, body, ipAddress, audit }: RouteInput<typeof secondFactorRoutes.remove>,
  ): Promise<void> {
    await this.removal.removeOwn(caller, body, ipAddress);
    audit.note({ targetId: caller.userId });
  }

  @Route(secondFactorRoutes.resetOfMember)
  async resetOfMember(
    @Input() { caller, path, audit }: RouteInput<typeof secondFactorRoutes.resetOfMember>,
  ): Promise<void> {
    const { email } = await this.removal.resetOfMember(caller, path.memberId);
    audit.note({ detail: { email } });
  }
}
