import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { ConfigCache } from '../../platform/database/config-cache.js';
import { ConfigVersion } from '../../platform/database/config-version.js';
import type { PortalIdentity } from '../access/identity/domain/identity.js';
import { PortalCallers } from '../access/portal-callers.js';
import { tenantSuspended } from '../access/tenants/tenant-suspended.js';
import { AccessTokens } from './access-tokens.js';
import { PortalLinksRepository, type LivePortalLink } from './data/portal-links.repository.js';

/** Finds the link behind an access token, and whose pages may frame it; cached until links or apps change. */
@Injectable()
export class FindPortalLinksService extends PortalCallers {
  private readonly known: ConfigCache<LivePortalLink>;

  constructor(
    links: PortalLinksRepository,
    version: ConfigVersion,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {
    super();
    this.known = new ConfigCache(version, async (linkIds) => {
      const live = await links.findLive(linkIds);
      return new Map(live.map((link) => [link.linkId, link]));
    });
  }

  /** @throws DomainError `tenant_suspended` */
  override async resolve(accessToken: string): Promise<PortalIdentity | undefined> {
    const checkedAt = performance.now();
    const content = this.tokens.read(accessToken);
    if (!content || content.endsAtMs <= this.clock.nowMs()) return undefined;
    const link = await this.live(content.linkId, checkedAt);
    return link && { ...portalIdentityOf(link), checkedAt };
  }

  /** @returns none unless the link can be opened */
  async originsOf(linkId: string): Promise<readonly string[]> {
    const link = await this.live(linkId);
    return link?.allowedOrigins ?? [];
  }

  private async live(linkId: string, asOf?: number): Promise<LivePortalLink | undefined> {
    const link = await this.known.get(linkId, asOf);
    if (!link || link.expiresAt <= this.clock.now()) return undefined;
    if (link.isTenantSuspended) throw tenantSuspended();
    return link;
  }
}

export function portalIdentityOf(link: LivePortalLink): PortalIdentity {
  const { tenantId, linkId, name, appId, webhookIds, permissions } = link;
  return { kind: 'portal', tenantId, linkId, name, appId, webhookIds, permissions };
}
