import { Controller } from '@nestjs/common';
import type { ApiToken, CreatedApiToken } from '@im/contracts/api/api-tokens';
import type { Page, Single } from '@im/contracts/api/common';
import { apiTokenRoutes } from '@im/contracts/routes/access-routes';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access.decorators.js';
import { CreateApiTokenService } from './create-api-token.service.js';
import { ApiTokensRepository, type ApiTokenRow, type TokensShown } from './data/api-tokens.repository.js';
import type { ApiTokenIdentity, SessionIdentity } from './domain/identity.js';
import { UpdateApiTokenService } from './update-api-token.service.js';

@Controller()
export class ApiTokensController {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly createApiToken: CreateApiTokenService,
    private readonly updateApiToken: UpdateApiTokenService,
  ) {}

  @Route(apiTokenRoutes.list)
  async list(@Input() { caller, query }: RouteInput<typeof apiTokenRoutes.list>): Promise<Page<ApiToken>> {
    const { limit, cursor } = query;
    const rows = await this.tokens.list(shownTo(caller), { limit, beforeId: readIdCursor(cursor) });
    return idPage(rows, limit, (row) => row.tokenId, presentApiToken);
  }

  @Route(apiTokenRoutes.create)
  async create(
    @Input() { caller, body, audit }: RouteInput<typeof apiTokenRoutes.create>,
  ): Promise<Single<CreatedApiToken>> {
    const { row, token } = await this.createApiToken.create(caller, body);
    const { tokenId, name, scopes } = row;
    audit.note({ appKey: row.appKey ?? undefined, targetId: tokenId, detail: { name, scopes } });
    return { data: { ...presentApiToken(row), token } };
  }

  @Route(apiTokenRoutes.update)
  async update(
    @Input() { caller, path, body, audit }: RouteInput<typeof apiTokenRoutes.update>,
  ): Promise<Single<ApiToken>> {
    const row = await this.tokens.find(shownTo(caller), path.tokenId);
    if (!row) throw DomainError.notFound('API token');
    const token = presentApiToken(await this.updateApiToken.update(caller, row, body));
    const { appKey, name, expiresAt } = token;
    audit.note({ appKey: appKey ?? undefined, detail: { name, expiresAt } });
    return { data: token };
  }

  @Route(apiTokenRoutes.revoke)
  async revoke(@Input() { caller, path, audit }: RouteInput<typeof apiTokenRoutes.revoke>): Promise<void> {
    const name = await this.tokens.remove(shownTo(caller), path.tokenId);
    if (name === undefined) throw DomainError.notFound('API token');
    audit.note({ detail: { name } });
  }
}

/** A token that is bound to an app sees the tokens of that app. */
function shownTo(caller: SessionIdentity | ApiTokenIdentity): TokensShown {
  return { tenantId: caller.tenantId, appId: caller.kind === 'session' ? null : caller.appId };
}

function presentApiToken(row: ApiTokenRow): ApiToken {
  return {
    ...row,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
