import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { TestWebhookResult } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { writtenMembers } from '../../platform/http-server/written-members.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { seesContent } from '../access/identity/domain/identity.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { SendTestService } from './send-test.service.js';

@Controller()
export class TestWebhookController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly sendTest: SendTestService,
  ) {}

  @Route(webhookRoutes.test)
  async test(
    @Input() { caller, app, path, body, request, audit }: RouteInput<typeof webhookRoutes.test>,
  ): Promise<Single<TestWebhookResult>> {
    const { event, data } = body;
    const webhook = await this.webhooks.find(app, path.webhookId);
    const text = data && writtenMembers(request).get('data');
    const given = data && text !== undefined ? { data, text } : undefined;
    const result = await this.sendTest.send(webhook, app.tenantId, event, given, !seesContent(caller));
    audit.note({ detail: { deliveryId: result.deliveryId, status: result.status } });
    return { data: result };
  }
}
