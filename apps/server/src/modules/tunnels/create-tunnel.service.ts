/** Opens and closes tunnels, each with its temporary webhook. */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { createWebhookRequestSchema } from '@im/contracts/api/webhooks';
import { MAX_TUNNELS } from '@im/contracts/api/tunnel-constants';
import type { CreatedTunnel } from '@im/contracts/api/tunnels';
import { tunnelUrl } from '@im/contracts/urls/tunnel-url';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { KeepTunnelsService } from '../tunnel-store/keep-tunnels.service.js';
import type { TunnelRow } from '../tunnel-store/tunnel.js';
import { SaveWebhookService } from '../webhook-configs/save-webhook.service.js';

const SECRET_BYTES = 32;
const NAME_LENGTH = 100;
/** A person may stop at a breakpoint. */
const TIMEOUT_MS = 30_000;
/** Goes on for longer than a tunnel lives without a client. */
const RETRIES = {
  strategy: 'exponential',
  initialDelayMs: 1_000,
  maxDelayMs: 30_000,
  maxAttempts: 50,
} as const;

@Injectable()
export class CreateTunnelService {
  constructor(
    private readonly tunnels: KeepTunnelsService,
    private readonly webhooks: SaveWebhookService,
  ) {}

  /** @throws DomainError `conflict` when the app has too many */
  async create(
    app: AppRef,
    { name, events }: { name?: string | undefined; events: string[] },
    createdBy: string,
  ): Promise<CreatedTunnel> {
    const [tunnelId, webhookId] = [uuidV7(), uuidV7()];
    const expiresAt = await this.tunnels.create(tunnelId, app.appId, webhookId);
    if (!expiresAt) {
      const message = `The app has ${String(MAX_TUNNELS)} tunnels already; close one first`;
      throw new DomainError('conflict', message);
    }
    const secret = randomBytes(SECRET_BYTES).toString('hex');
    const input = createWebhookRequestSchema.parse({
      url: tunnelUrl(tunnelId),
      name: name ?? `Tunnel: ${createdBy}`.slice(0, NAME_LENGTH).toWellFormed(),
      ...{ events, secret, ordering: 'conversation', timeoutMs: TIMEOUT_MS, retryPolicy: RETRIES },
    });
    const webhook = await this.webhooks.create(app, input, createdBy, webhookId);
    const { name: webhookName } = webhook;
    return { tunnelId, webhookId, name: webhookName, events, secret, expiresAt: expiresAt.toISOString() };
  }

  /** @throws DomainError `not_found` */
  async close(appId: string, tunnelId: string, closedBy: string): Promise<TunnelRow> {
    const tunnel = await this.tunnels.find(appId, tunnelId);
    if (!tunnel) throw DomainError.notFound('tunnel');
    await this.webhooks.delete(tunnel, { by: closedBy, expected: null });
    await this.tunnels.remove(tunnelId);
    return tunnel;
  }
}
