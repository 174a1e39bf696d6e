import { Injectable } from '@nestjs/common';
import { MAX_PORTAL_LINKS } from '@im/contracts/api/access-constants';
import type { CreatePortalLinkRequest } from '@im/contracts/api/portal-links';
import { Clock } from '../../platform/clock/clock.js';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { randomToken, tokenHash } from '../../platform/crypto/random-token.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { PortalLinksRepository, type PortalLinkRow } from './data/portal-links.repository.js';

@Injectable()
export class CreatePortalLinkService {
  constructor(
    private readonly links: PortalLinksRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input` for a webhook of another app, `conflict` when the app has too many links */
  async create(
    { appId, tenantId }: AppRef,
    request: CreatePortalLinkRequest,
    createdBy: string,
  ): Promise<{ row: PortalLinkRow; token: string }> {
    const { name = '', webhookIds, permissions, expiresInSeconds, allowedOrigins = [] } = request;
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
      createdBy,
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
