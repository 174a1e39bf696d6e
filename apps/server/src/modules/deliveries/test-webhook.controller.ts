import { Body, Controller, Ip, Param, Req } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { TestWebhookResult } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import type { FastifyRequest } from 'fastify';
import { parseBody } from '../../platform/http-server/parse-input.js';
import { writtenMembers } from '../../platform/http-server/written-members.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { SendTestService } from './send-test.service.js';

@Controller()
export class TestWebhookController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly sendTest: SendTestService,
    private readonly audit: RecordAuditService,
  ) {}

  @Route(webhookRoutes.test)
  async test(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<TestWebhookResult>> {
    const { app, webhook } = await this.resolveWebhook.forCaller(caller, appKey, id);
    const { event, data } = parseBody(webhookRoutes.test.body, body);
    const text = data && writtenMembers(request).get('data');
    const given = data && text !== undefined ? { data, text } : undefined;
    const result = await this.sendTest.send(webhook, app.tenantId, event, given);
    await this.audit.record({
      identity: caller,
      action: 'webhook.tested',
      appKey,
      targetId: webhook.webhookId,
      detail: { deliveryId: result.deliveryId, status: result.status },
      ipAddress,
    });
    return { data: result };
  }
}
