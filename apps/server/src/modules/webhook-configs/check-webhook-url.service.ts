/** Refuses webhook URLs that are malformed or lead to guarded addresses, before they are stored. */
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { HostResolver } from '../../platform/dns/host-resolver.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { checkWebhookUrl } from '../../platform/outgoing-http/webhook-url.js';

@Injectable()
export class CheckWebhookUrlService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly resolver: HostResolver,
  ) {}

  /**
   * @returns the URL as it is stored
   * @throws DomainError `invalid_input` at `/url`
   */
  async check(url: string, tenantId: string): Promise<string> {
    const verdict = await checkWebhookUrl(url, {
      allowedCidrs: this.env.WEBHOOK_ALLOWED_CIDRS,
      resolve: this.resolver.resolve,
      tenantId,
    });
    if (verdict.ok) return verdict.url;
    throw DomainError.invalid({ pointer: '/url', code: verdict.code, message: verdict.message });
  }
}
