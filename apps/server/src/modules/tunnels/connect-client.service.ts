/** Connects the client of a tunnel: its stream opens, and everything that waited for it is sent. */
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AdmittedReader } from '../../platform/http-server/recheck-readers.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { SendNowService } from '../deliveries/send-now.service.js';
import { KeepTunnelsService } from '../tunnel-store/keep-tunnels.service.js';
import type { TunnelRow } from '../tunnel-store/tunnel.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { StreamRequestsService } from './stream-requests.service.js';

@Injectable()
export class ConnectClientService {
  constructor(
    private readonly tunnels: KeepTunnelsService,
    private readonly streams: StreamRequestsService,
    private readonly webhooks: ResolveWebhookService,
    private readonly waiting: SendNowService,
  ) {}

  /** @throws DomainError `not_found`, `too_many_requests` */
  async connect(app: AppRef, tunnelId: string, mayStay: AdmittedReader['mayStay']): Promise<Readable> {
    const tunnel = await this.tunnels.find(app.appId, tunnelId);
    if (!tunnel) throw DomainError.notFound('tunnel');
    const { readable, hasMissed } = await this.streams.open(tunnelId, app, mayStay);
    if (hasMissed) await this.sendWhatWaits(app, tunnel.webhookId);
    return readable;
  }

  /** The client is back over the stream it had: it was suspended, and answers what was given up. */
  async noteLateAnswer(app: AppRef, { tunnelId, webhookId }: TunnelRow): Promise<void> {
    if (await this.tunnels.takeMissed(tunnelId)) await this.sendWhatWaits(app, webhookId);
  }

  /** The breaker opened, and delays grew, only since the client was away. */
  private async sendWhatWaits(app: AppRef, webhookId: string): Promise<void> {
    const webhook = await this.webhooks.find(app, webhookId);
    if (webhook.isEnabled && webhook.pausedAt === null) await this.waiting.all(webhook);
  }
}
