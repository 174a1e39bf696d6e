import { Body, Controller, Headers, Ip, Param, Res } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { WebhookState } from '@im/contracts/api/webhook-state';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import type { FastifyReply } from 'fastify';
import { readIfMatch, tagged } from '../../platform/http-server/if-match.js';
import { parseBody } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ChangeWebhookStateService } from './change-webhook-state.service.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';

/** Whether a webhook gets anything: enabled, disabled, paused and resumed by people, held back by its breaker. */
@Controller()
export class WebhookStateController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly states: ChangeWebhookStateService,
  ) {}

  @Route(webhookRoutes.enable)
  async enable(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<Single<WebhookState>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    const request = { caller, ...resolved, expected: readIfMatch(ifMatch), ipAddress };
    return tagged(reply, await this.states.enable(request));
  }

  @Route(webhookRoutes.disable)
  async disable(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<Single<WebhookState>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    const { waiting } = parseBody(webhookRoutes.disable.body, body);
    const request = { caller, ...resolved, expected: readIfMatch(ifMatch), ipAddress };
    return tagged(reply, await this.states.disable(request, waiting));
  }

  @Route(webhookRoutes.pause)
  async pause(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<Single<WebhookState>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    const request = { caller, ...resolved, expected: readIfMatch(ifMatch), ipAddress };
    return tagged(reply, await this.states.pause(request));
  }

  @Route(webhookRoutes.resume)
  async resume(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<Single<WebhookState>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    const request = { caller, ...resolved, expected: readIfMatch(ifMatch), ipAddress };
    return tagged(reply, await this.states.resume(request));
  }
}
