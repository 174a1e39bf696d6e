import { Controller } from '@nestjs/common';
import type { StagedAppSecret } from '@im/contracts/api/apps';
import type { Single } from '@im/contracts/api/common';
import type { SecretRotation } from '@im/contracts/api/secrets';
import { appRoutes } from '@im/contracts/routes/app-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { RotateAppSecretService } from './rotate-app-secret.service.js';

@Controller()
export class AppSecretRotationController {
  constructor(private readonly rotateAppSecret: RotateAppSecretService) {}

  @Route(appRoutes.stageSecret)
  async stage(
    @Input() { app, audit }: RouteInput<typeof appRoutes.stageSecret>,
  ): Promise<Single<StagedAppSecret>> {
    return { data: await this.rotateAppSecret.stage(app, audit) };
  }

  @Route(appRoutes.activateSecret)
  async activate(
    @Input() { app, body, audit }: RouteInput<typeof appRoutes.activateSecret>,
  ): Promise<Single<SecretRotation>> {
    return { data: await this.rotateAppSecret.activate(app, body.overlapSeconds, audit) };
  }
}
