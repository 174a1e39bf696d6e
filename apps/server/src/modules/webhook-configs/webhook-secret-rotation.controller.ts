import { Body, Controller, HttpCode, Ip, Param, Post } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import {
  activateSecretRequestSchema,
  type SecretRotation,
  type StagedSecret,
} from '@im/contracts/api/secrets';
import { stageWebhookSecretRequestSchema } from '@im/contracts/api/webhooks';
import { parseBody, parseId } from '../../platform/http/parse-input.js';
import { Access, ADMIN_AND_DEVELOPER, Caller } from '../access/access.decorators.js';
import type { Identity } from '../access/domain/identity.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { RotateWebhookSecretService, type RotationRequest } from './rotate-webhook-secret.service.js';
import { SaveWebhookService } from './save-webhook.service.js';

@Controller('apps/:appKey/webhooks/:webhookId/secret')
export class WebhookSecretRotationController {
  constructor(
    private readonly resolveApp: ResolveAppService,
    private readonly webhooks: SaveWebhookService,
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
  ): Promise<Single<StagedSecret>> {
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
    const app = await this.resolveApp.forCaller(identity, appKey);
    const webhook = await this.webhooks.get(app.appId, parseId(id, 'webhook'));
    return { identity, app, webhook, ipAddress };
  }
}
