import { Body, Controller, Ip, Param } from '@nestjs/common';
import type { StagedAppSecret } from '@im/contracts/api/apps';
import type { Single } from '@im/contracts/api/common';
import type { SecretRotation } from '@im/contracts/api/secrets';
import { appRoutes } from '@im/contracts/routes/app-routes';
import { parseBody } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ResolveAppService } from './resolve-app.service.js';
import { RotateAppSecretService } from './rotate-app-secret.service.js';

@Controller()
export class AppSecretRotationController {
  constructor(
    private readonly resolveApp: ResolveAppService,
    private readonly rotateAppSecret: RotateAppSecretService,
  ) {}

  @Route(appRoutes.stageSecret)
  async stage(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Ip() ipAddress: string,
  ): Promise<Single<StagedAppSecret>> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    return { data: await this.rotateAppSecret.stage(identity, app, ipAddress) };
  }

  @Route(appRoutes.activateSecret)
  async activate(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<SecretRotation>> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    const { overlapSeconds } = parseBody(appRoutes.activateSecret.body, body);
    return { data: await this.rotateAppSecret.activate(identity, app, overlapSeconds, ipAddress) };
  }
}
