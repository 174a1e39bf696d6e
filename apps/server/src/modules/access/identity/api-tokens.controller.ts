import { Body, Controller, Ip, Param, Query } from '@nestjs/common';
import type { ApiToken, CreatedApiToken } from '@im/contracts/api/api-tokens';
import type { Page, Single } from '@im/contracts/api/common';
import { apiTokenRoutes } from '@im/contracts/routes/access-routes';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { parseBody, parseId, parseQuery } from '../../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access.decorators.js';
import { CreateApiTokenService } from './create-api-token.service.js';
import { ApiTokensRepository, type ApiTokenRow } from './data/api-tokens.repository.js';
import type { Identity } from './domain/identity.js';
import { RevokeApiTokenService } from './revoke-api-token.service.js';
import { UpdateApiTokenService } from './update-api-token.service.js';

@Controller()
export class ApiTokensController {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly createApiToken: CreateApiTokenService,
    private readonly updateApiToken: UpdateApiTokenService,
    private readonly revokeApiToken: RevokeApiTokenService,
  ) {}

  @Route(apiTokenRoutes.list)
  async list(@Caller() identity: Identity, @Query() query: unknown): Promise<Page<ApiToken>> {
    const { limit, cursor } = parseQuery(apiTokenRoutes.list.query, query);
    const rows = await this.tokens.list(identity.tenantId, { limit, beforeId: readIdCursor(cursor) });
    return idPage(rows, limit, (row) => row.tokenId, presentApiToken);
  }

  @Route(apiTokenRoutes.create)
  async create(
    @Caller() identity: Identity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<CreatedApiToken>> {
    const request = parseBody(apiTokenRoutes.create.body, body);
    const { row, token } = await this.createApiToken.create(identity, request, ipAddress);
    return { data: { ...presentApiToken(row), token } };
  }

  @Route(apiTokenRoutes.update)
  async update(
    @Caller() identity: Identity,
    @Param('tokenId') tokenId: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<ApiToken>> {
    const row = await this.tokens.find(identity.tenantId, parseId(tokenId, 'API token'));
    if (!row) throw DomainError.notFound('API token');
    const change = parseBody(apiTokenRoutes.update.body, body);
    return { data: presentApiToken(await this.updateApiToken.update(identity, row, change, ipAddress)) };
  }

  @Route(apiTokenRoutes.revoke)
  async revoke(
    @Caller() identity: Identity,
    @Param('tokenId') tokenId: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    await this.revokeApiToken.revoke(identity, parseId(tokenId, 'API token'), ipAddress);
  }
}

function presentApiToken(row: ApiTokenRow): ApiToken {
  return {
    ...row,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
