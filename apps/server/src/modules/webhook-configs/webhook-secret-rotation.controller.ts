import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { SecretRotation } from '@im/contracts/api/secrets';
import type { StagedWebhookSecret } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { RotateWebhookSecretService } from './rotate-webhook-secret.service.js';

@Controller()
export class WebhookSecretRotationController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly rotateSecret: RotateWebhookSecretService,
  ) {}

  @Route(webhookRoutes.stageSecret)
  async stage(
    @Input() { caller, app, path, body }: RouteInput<typeof webhookRoutes.stageSecret>,
  ): Promise<Single<StagedWebhookSecret>> {
    const webhook = await this.webhooks.find(app, path.webhookId);
    return { data: await this.rotateSecret.stage(webhook, actorOf(caller), body.secret) };
  }

  @Route(webhookRoutes.activateSecret)
  async activate(
    @Input() { caller, app, path, body, audit }: RouteInput<typeof webhookRoutes.activateSecret>,
  ): Promise<Single<SecretRotation>> {
    const { overlapSeconds } = body;
    const webhook = await this.webhooks.find(app, path.webhookId);
    const rotation = await this.rotateSecret.activate(webhook, actorOf(caller), overlapSeconds);
    audit.note({ detail: { overlapSeconds } });
    return { data: rotation };
  }
}
