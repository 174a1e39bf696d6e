/** Refuses webhook URLs that are malformed or lead to guarded addresses, before they are stored. */
import { Inject, Injectable } from '@nestjs/common';
import { isTunnelUrl } from '@im/contracts/urls/tunnel-url';
import { ENV, type Env } from '../../config/env.js';
import { HostResolver } from '../../platform/dns/host-resolver.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { checkWebhookUrl } from '../../platform/outgoing-http/webhook-url.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { ReceiverAddressesService } from '../receiver-store/receiver-addresses.service.js';
import { TunnelAddressesService } from '../tunnel-store/tunnel-addresses.service.js';

@Injectable()
export class CheckWebhookUrlService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly resolver: HostResolver,
    private readonly receivers: ReceiverAddressesService,
    private readonly tunnels: TunnelAddressesService,
  ) {}

  /**
   * The address of the app's own test receiver may be private, and that of its tunnel exists nowhere: what is sent to
   * them opens no connection.
   *
   * @returns the URL as it is stored
   * @throws DomainError `invalid_input` at `/url`
   */
  async check(url: string, { appId, tenantId }: Pick<AppRef, 'appId' | 'tenantId'>): Promise<string> {
    const trimmed = url.trim();
    if (await this.receivers.isAddressOf(appId, trimmed)) return trimmed;
    if (isTunnelUrl(trimmed)) {
      if (await this.tunnels.isAddressOf(appId, trimmed)) return trimmed;
      throw blocked('is not the address of a tunnel of this app');
    }
    if (this.receivers.isBelowPublicUrl(trimmed)) {
      throw blocked("is not the address of this app's test receiver");
    }
    const verdict = await checkWebhookUrl(url, {
      allowedCidrs: this.env.WEBHOOK_ALLOWED_CIDRS,
      resolve: this.resolver.resolve,
      tenantId,
    });
    if (verdict.ok) return verdict.url;
    throw DomainError.invalid({ pointer: '/url', code: verdict.code, message: verdict.message });
  }
}

function blocked(message: string): DomainError {
  return DomainError.invalid({ pointer: '/url', code: 'blocked_address', message });
}
