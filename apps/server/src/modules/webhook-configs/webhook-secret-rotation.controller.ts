import { Body, Controller, Ip, Param } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { SecretRotation } from '@im/contracts/api/secrets';
import type { StagedWebhookSecret } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { parseBody } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { RotateWebhookSecretService, type RotationRequest } from './rotate-webhook-secret.service.js';

@Controller()
export class WebhookSecretRotationController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly rotateSecret: RotateWebhookSecretService,
  ) {}

  @Route(webhookRoutes.stageSecret)
  async stage(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<StagedWebhookSecret>> {
    const request = await this.requestOf(identity, appKey, id, ipAddress);
    const { secret } = parseBody(webhookRoutes.stageSecret.body, body);
    return { data: await this.rotateSecret.stage(request, secret) };
  }

  @Route(webhookRoutes.activateSecret)
  async activate(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<SecretRotation>> {
    const request = await this.requestOf(identity, appKey, id, ipAddress);
    const { overlapSeconds } = parseBody(webhookRoutes.activateSecret.body, body);
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
