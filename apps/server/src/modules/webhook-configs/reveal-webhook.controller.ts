import { Controller, Ip, Param } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { RevealedWebhookSecret } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/domain/identity.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { RevealWebhookSecretService } from './reveal-webhook-secret.service.js';

/** Shows what lists keep back, and writes into the audit log who asked for it. */
@Controller()
export class RevealWebhookController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly revealWebhookSecret: RevealWebhookSecretService,
  ) {}

  @Route(webhookRoutes.revealSecret)
  async secret(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<RevealedWebhookSecret>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    return { data: await this.revealWebhookSecret.reveal({ caller, ...resolved, ipAddress }) };
  }
}
