import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { RevealedWebhookSecret, RevealedWebhookUrl } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { RevealWebhookSecretService } from './reveal-webhook-secret.service.js';

/** Reveals what is masked elsewhere, with an audit entry. */
@Controller()
export class RevealWebhookController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly revealWebhookSecret: RevealWebhookSecretService,
  ) {}

  /** Also for a deleted webhook, because its deliveries stay in the log. */
  @Route(webhookRoutes.revealUrl)
  async url(
    @Input() { app, path, body, audit }: RouteInput<typeof webhookRoutes.revealUrl>,
  ): Promise<Single<RevealedWebhookUrl>> {
    const { url } = await this.webhooks.findEver(app, path.webhookId);
    audit.note({ detail: body });
    return { data: { url } };
  }

  @Route(webhookRoutes.revealSecret)
  async secret(
    @Input() { app, path, audit }: RouteInput<typeof webhookRoutes.revealSecret>,
  ): Promise<Single<RevealedWebhookSecret>> {
    const webhook = await this.webhooks.find(app, path.webhookId);
    return { data: await this.revealWebhookSecret.reveal(app, webhook, audit) };
  }
}
