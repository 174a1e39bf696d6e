import { Injectable } from '@nestjs/common';
import type { PortalSession } from '@im/contracts/api/portal-links';
import { Clock } from '../../platform/clock/clock.js';
import { tokenHash } from '../../platform/crypto/random-token.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { addressBlockOf } from '../../platform/http-server/address-block.js';
import { CallWindow } from '../../platform/limits/call-window.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { tenantSuspended } from '../access/tenants/tenant-suspended.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { ListWebhooksService } from '../webhook-configs/list-webhooks.service.js';
import { AccessTokens } from './access-tokens.js';
import { PortalLinksRepository, type LivePortalLink } from './data/portal-links.repository.js';
import { portalIdentityOf } from './find-portal-links.service.js';

const ACCESS_MS = 3_600_000;
/** Of one address; many people of one company may share it. */
const MAX_PER_MINUTE = 60;
/** Named in the answer. */
const MAX_WEBHOOKS = 200;

/** Exchanges the token of a portal link for an access token, and for what the portal page needs. */
@Injectable()
export class OpenPortalService {
  private readonly recent = new CallWindow(MAX_PER_MINUTE);

  constructor(
    private readonly links: PortalLinksRepository,
    private readonly tokens: AccessTokens,
    private readonly apps: ResolveAppService,
    private readonly webhooks: ListWebhooksService,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `unauthenticated`, `tenant_suspended`, or `too_many_requests` for the address */
  async open(token: string, ipAddress: string): Promise<PortalSession> {
    this.admit(ipAddress);
    const link = await this.links.findByToken(tokenHash(token));
    if (!link || link.expiresAt <= this.clock.now()) {
      throw new DomainError('unauthenticated', 'The portal link is unknown, revoked or expired');
    }
    if (link.isTenantSuspended) throw tenantSuspended();
    await this.noteUse(link, ipAddress);
    return this.sessionOf(link);
  }

  private admit(ipAddress: string): void {
    const retryAfterSeconds = this.recent.secondsToWait(addressBlockOf(ipAddress), this.clock.nowMs());
    if (retryAfterSeconds === 0) return;
    throw new DomainError('too_many_requests', 'Too many portal links are opened from this address', {
      retryAfterSeconds,
    });
  }

  private async noteUse(link: LivePortalLink, ipAddress: string): Promise<void> {
    if (!(await this.links.noteUse(link.linkId, this.clock.now()))) return;
    const { linkId: targetId, appKey, name } = link;
    const identity = portalIdentityOf(link);
    await this.audit.record({
      identity,
      action: 'portal_link.opened',
      appKey,
      targetId,
      detail: { name },
      ipAddress,
    });
  }

  private async sessionOf(link: LivePortalLink): Promise<PortalSession> {
    const identity = portalIdentityOf(link);
    const endsAtMs = Math.min(this.clock.nowMs() + ACCESS_MS, link.expiresAt.getTime());
    const app = await this.apps.forCaller(identity, link.appKey);
    const { data } = await this.webhooks.list(app, { sort: 'name', limit: MAX_WEBHOOKS }, identity);
    return {
      accessToken: this.tokens.issue({ linkId: link.linkId, endsAtMs }),
      expiresAt: new Date(endsAtMs).toISOString(),
      linkExpiresAt: link.expiresAt.toISOString(),
      appKey: link.appKey,
      appName: link.appName,
      permissions: link.permissions,
      webhooks: data.map(({ webhookId, name, url, enabled }) => ({ webhookId, name, url, enabled })),
    };
  }
}
