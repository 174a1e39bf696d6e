import { Controller, Headers, Ip, Param, Res } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { Webhook } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import type { FastifyReply } from 'fastify';
import { readIfMatch, tagged } from '../../platform/http/if-match.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/domain/identity.js';
import { ChangeWebhookService } from './change-webhook.service.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';

/** Whether a webhook gets anything: switched on and off by people, paused by its breaker. */
@Controller()
export class WebhookStateController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly changeWebhook: ChangeWebhookService,
  ) {}

  @Route(webhookRoutes.enable)
  async enable(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<Single<Webhook>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    const change = { input: { enabled: true }, expected: readIfMatch(ifMatch) };
    return tagged(reply, await this.changeWebhook.change({ caller, ...resolved, ...change, ipAddress }));
  }

  @Route(webhookRoutes.disable)
  async disable(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<Single<Webhook>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    const change = { input: { enabled: false }, expected: readIfMatch(ifMatch) };
    return tagged(reply, await this.changeWebhook.change({ caller, ...resolved, ...change, ipAddress }));
  }

  /** Closes the breaker now: what waits goes out, gently at first. */
  @Route(webhookRoutes.resume)
  async resume(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Single<Webhook>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    return tagged(reply, await this.changeWebhook.resume({ caller, ...resolved, ipAddress }));
  }
}
