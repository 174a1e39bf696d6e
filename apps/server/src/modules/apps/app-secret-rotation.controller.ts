import { Body, Controller, HttpCode, Ip, Param, Post } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import {
  activateSecretRequestSchema,
  type SecretRotation,
  type StagedSecret,
} from '@im/contracts/api/secrets';
import { parseBody } from '../../platform/http/parse-input.js';
import { Access, ADMIN_ONLY, Caller } from '../access/access.decorators.js';
import type { Identity } from '../access/domain/identity.js';
import { ResolveAppService } from './resolve-app.service.js';
import { RotateAppSecretService } from './rotate-app-secret.service.js';

@Controller('apps/:appKey/secret')
export class AppSecretRotationController {
  constructor(
    private readonly resolveApp: ResolveAppService,
    private readonly rotateAppSecret: RotateAppSecretService,
  ) {}

  @Post('stage')
  @Access({ roles: ADMIN_ONLY })
  @HttpCode(200)
  async stage(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Ip() ipAddress: string,
  ): Promise<Single<StagedSecret>> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    return { data: await this.rotateAppSecret.stage(identity, app, ipAddress) };
  }

  @Post('activate')
  @Access({ roles: ADMIN_ONLY })
  @HttpCode(200)
  async activate(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<SecretRotation>> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    const { overlapSeconds } = parseBody(activateSecretRequestSchema, body);
    return { data: await this.rotateAppSecret.activate(identity, app, overlapSeconds, ipAddress) };
  }
}
