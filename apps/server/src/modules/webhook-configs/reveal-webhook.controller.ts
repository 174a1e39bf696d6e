import { Body, Controller, Ip, Param } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { RevealedWebhookSecret, RevealedWebhookUrl } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { parseBody } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { RevealWebhookSecretService } from './reveal-webhook-secret.service.js';

/** Shows what lists keep back, and writes into the audit log who asked for it. */
@Controller()
export class RevealWebhookController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly revealWebhookSecret: RevealWebhookSecretService,
    private readonly audit: RecordAuditService,
  ) {}

  /** Of a deleted webhook too: its deliveries are in the log. */
  @Route(webhookRoutes.revealUrl)
  async url(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<RevealedWebhookUrl>> {
    const { webhook } = await this.resolveWebhook.everForCaller(caller, appKey, id);
    const { reason } = parseBody(webhookRoutes.revealUrl.body, body);
    await this.audit.record({
      identity: caller,
      action: 'webhook.url_revealed',
      appKey,
      targetId: webhook.webhookId,
      ...(reason !== undefined && { detail: { reason } }),
      ipAddress,
    });
    return { data: { url: webhook.url } };
  }

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
