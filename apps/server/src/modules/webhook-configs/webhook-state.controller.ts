import { Controller, HttpCode, Ip, Param, Post } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { Webhook } from '@im/contracts/api/webhooks';
import { Access, ADMIN_AND_DEVELOPER, Caller } from '../access/access.decorators.js';
import type { Identity } from '../access/domain/identity.js';
import { ChangeWebhookService } from './change-webhook.service.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';

const WRITE = { roles: ADMIN_AND_DEVELOPER, scope: 'webhooks:write' } as const;

/** Whether a webhook gets anything: switched on and off by people, paused by its breaker. */
@Controller('apps/:appKey/webhooks/:webhookId')
export class WebhookStateController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly changeWebhook: ChangeWebhookService,
  ) {}

  @Post('enable')
  @HttpCode(200)
  @Access(WRITE)
  async enable(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<Webhook>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    return this.changeWebhook.change({ caller, ...resolved, input: { enabled: true }, ipAddress });
  }

  @Post('disable')
  @HttpCode(200)
  @Access(WRITE)
  async disable(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<Webhook>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    return this.changeWebhook.change({ caller, ...resolved, input: { enabled: false }, ipAddress });
  }

  /** Closes the breaker now: what waits goes out, gently at first. */
  @Post('resume')
  @HttpCode(200)
  @Access(WRITE)
  async resume(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<Webhook>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    return this.changeWebhook.resume({ caller, ...resolved, ipAddress });
  }
}
