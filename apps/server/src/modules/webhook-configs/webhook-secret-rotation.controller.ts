import { Body, Controller, HttpCode, Ip, Param, Post } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import { activateSecretRequestSchema, type SecretRotation } from '@im/contracts/api/secrets';
import { stageWebhookSecretRequestSchema, type StagedWebhookSecret } from '@im/contracts/api/webhooks';
import { parseBody } from '../../platform/http/parse-input.js';
import { Access, ADMIN_AND_DEVELOPER, Caller } from '../access/access.decorators.js';
import type { Identity } from '../access/domain/identity.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { RotateWebhookSecretService, type RotationRequest } from './rotate-webhook-secret.service.js';

@Controller('apps/:appKey/webhooks/:webhookId/secret')
export class WebhookSecretRotationController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly rotateSecret: RotateWebhookSecretService,
  ) {}

  @Post('stage')
  @Access({ roles: ADMIN_AND_DEVELOPER })
  @HttpCode(200)
  async stage(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<StagedWebhookSecret>> {
    const request = await this.requestOf(identity, appKey, id, ipAddress);
    const { secret } = parseBody(stageWebhookSecretRequestSchema, body);
    return { data: await this.rotateSecret.stage(request, secret) };
  }

  @Post('activate')
  @Access({ roles: ADMIN_AND_DEVELOPER })
  @HttpCode(200)
  async activate(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<SecretRotation>> {
    const request = await this.requestOf(identity, appKey, id, ipAddress);
    const { overlapSeconds } = parseBody(activateSecretRequestSchema, body);
    return { data: await this.rotateSecret.activate(request, overlapSeconds) };
  }

  private async requestOf(
    identity: Identity,
    appKey: string,
    id: string,
    ipAddress: string,
  ): Promise<RotationRequest> {
    const resolved = await this.resolveWebhook.forCaller(identity, appKey, id);
    return { identity, ...resolved, ipAddress };
  }
}
