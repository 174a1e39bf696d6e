import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { WebhookState } from '@im/contracts/api/webhook-state';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { readIfMatch, tagged } from '../../platform/http-server/if-match.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ChangeWebhookStateService, type StateRequest } from './change-webhook-state.service.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';

type StateInput = RouteInput<
  typeof webhookRoutes.enable | typeof webhookRoutes.pause | typeof webhookRoutes.resume
>;

/** Enables, disables, pauses and resumes a webhook; resuming also closes its breaker. */
@Controller()
export class WebhookStateController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly states: ChangeWebhookStateService,
  ) {}

  @Route(webhookRoutes.enable)
  async enable(@Input() input: RouteInput<typeof webhookRoutes.enable>): Promise<Single<WebhookState>> {
    return tagged(input.reply, await this.states.enable(await this.requestOf(input)));
  }

  @Route(webhookRoutes.disable)
  async disable(@Input() input: RouteInput<typeof webhookRoutes.disable>): Promise<Single<WebhookState>> {
    const { waiting } = input.body;
    return tagged(input.reply, await this.states.disable(await this.requestOf(input), waiting));
  }

  @Route(webhookRoutes.pause)
  async pause(@Input() input: RouteInput<typeof webhookRoutes.pause>): Promise<Single<WebhookState>> {
    return tagged(input.reply, await this.states.pause(await this.requestOf(input)));
  }

  @Route(webhookRoutes.resume)
  async resume(@Input() input: RouteInput<typeof webhookRoutes.resume>): Promise<Single<WebhookState>> {
    return tagged(input.reply, await this.states.resume(await this.requestOf(input)));
  }

  private async requestOf({ caller, app, path, headers, audit }: StateInput): Promise<StateRequest> {
    const webhook = await this.webhooks.find(app, path.webhookId);
    return { caller, app, webhook, expected: readIfMatch(headers['If-Match']), audit };
  }
}
