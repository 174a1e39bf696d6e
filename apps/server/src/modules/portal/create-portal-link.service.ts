import { Injectable } from '@nestjs/common';
import { MAX_PORTAL_LINKS } from '@im/contracts/api/access-constants';
import type { ApiTokenScope } from '@im/contracts/api/api-tokens';
import type { CreatePortalLinkRequest, PortalPermission } from '@im/contracts/api/portal-links';
import { Clock } from '../../platform/clock/clock.js';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { randomToken, tokenHash } from '../../platform/crypto/random-token.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import { actorOf, type ApiTokenIdentity, type SessionIdentity } from '../access/identity/domain/identity.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { PortalLinksRepository, type PortalLinkRow } from './data/portal-links.repository.js';

/** What a token needs of its own to give a permission of a link. */
const SCOPES_FOR: Readonly<Record<PortalPermission, readonly ApiTokenScope[]>> = {
  read: ['webhooks:read', 'deliveries:read'],
  content: ['deliveries:read'],
  redeliver: ['deliveries:write'],
  test: ['webhooks:write'],
};

@Injectable()
export class CreatePortalLinkService {
  constructor(
    private readonly links: PortalLinksRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `invalid_input` for a webhook of another app, `conflict` when the app has too many links,
   *   `forbidden` when a token would give more than it has
   */
  async create(
    { appId, tenantId }: AppRef,
    request: CreatePortalLinkRequest,
    caller: SessionIdentity | ApiTokenIdentity,
  ): Promise<{ row: PortalLinkRow; token: string }> {
    const { name = '', webhookIds, permissions, expiresInSeconds, allowedOrigins = [] } = request;
    if (caller.kind === 'api_token') assertScopesFor(permissions, caller.scopes);
    const createdAt = this.clock.now();
    const token = randomToken('imp_');
    const row: PortalLinkRow = {
      linkId: uuidV7(),
      name,
      webhookIds: webhookIds ? await this.checked(appId, webhookIds) : null,
      permissions: [...new Set(permissions)],
      allowedOrigins: [...new Set(allowedOrigins)],
      expiresAt: new Date(createdAt.getTime() + expiresInSeconds * 1_000),
      lastUsedAt: null,
      createdAt,
      createdBy: actorOf(caller),
    };
    const link = { ...row, tenantId, appId, tokenHash: tokenHash(token) };
    if (await this.links.insert(link, MAX_PORTAL_LINKS)) return { row, token };
    throw new DomainError(
      'conflict',
      `There are ${String(MAX_PORTAL_LINKS)} portal links already, the most an app may have: revoke some`,
    );
  }

  private async checked(appId: string, given: readonly string[]): Promise<string[]> {
    const webhookIds = given.map((id) => id.toLowerCase());
    const known = await this.links.webhooksAmong(appId, webhookIds);
    const faults = webhookIds.flatMap((id, index) =>
      known.has(id)
        ? []
        : [
            {
              pointer: `/webhookIds/${String(index)}`,
              code: 'invalid_value' as const,
              message: 'is not a webhook of this app',
            },
          ],
    );
    if (faults.length > 0) throw invalidInput(faults);
    return [...new Set(webhookIds)];
  }
}

/** @throws DomainError `forbidden` */
function assertScopesFor(permissions: readonly PortalPermission[], scopes: readonly ApiTokenScope[]): void {
  const missing = permissions
    .flatMap((permission) => SCOPES_FOR[permission])
    .filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return;
  const named = [...new Set(missing)].join(', ');
  throw new DomainError('forbidden', `The API token lacks what the link would allow: ${named}`);
}
