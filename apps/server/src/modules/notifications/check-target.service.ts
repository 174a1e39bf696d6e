/** Refuses channels that lead to guarded addresses before they are stored. Every connection is checked again. */
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { HostResolver } from '../../platform/dns/host-resolver.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import {
  checkWebhookUrl,
  findBlockedHost,
  type WebhookUrlChecks,
} from '../../platform/outgoing-http/webhook-url.js';

@Injectable()
export class CheckTargetService {
  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'WEBHOOK_ALLOWED_CIDRS'>,
    private readonly resolver: HostResolver,
  ) {}

  /**
   * @returns the URL as it is stored
   * @throws DomainError `invalid_input` at `/url`
   */
  async url(url: string, tenantId: string): Promise<string> {
    const verdict = await checkWebhookUrl(url, this.checks(tenantId));
    if (verdict.ok) return verdict.url;
    throw DomainError.invalid({ pointer: '/url', code: verdict.code, message: verdict.message });
  }

  /** @throws DomainError `invalid_input` at `/email/host` */
  async mailHost(host: string, tenantId: string): Promise<void> {
    const message = await findBlockedHost(host, this.checks(tenantId));
    if (message !== null) {
      throw DomainError.invalid({ pointer: '/email/host', code: 'blocked_address', message });
    }
  }

  private checks(tenantId: string): WebhookUrlChecks {
    return { allowedCidrs: this.env.WEBHOOK_ALLOWED_CIDRS, resolve: this.resolver.resolve, tenantId };
  }
}
