import { Controller, Inject } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { CreatedPortalLink, PortalLink, PortalSession } from '@im/contracts/api/portal-links';
import { portalRoutes as routes } from '@im/contracts/routes/portal-routes';
import type { FastifyRequest } from 'fastify';
import { ENV, type Env } from '../../config/env.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { CreatePortalLinkService } from './create-portal-link.service.js';
import { PortalLinksRepository, type PortalLinkRow } from './data/portal-links.repository.js';
import { OpenPortalService } from './open-portal.service.js';
import { portalPathOf } from './portal-path.js';

@Controller()
export class PortalLinksController {
  constructor(
    private readonly links: PortalLinksRepository,
    private readonly createLink: CreatePortalLinkService,
    private readonly openPortal: OpenPortalService,
    @Inject(ENV) private readonly env: Pick<Env, 'PUBLIC_URL'>,
  ) {}

  @Route(routes.list)
  async list(@Input() { app, query }: RouteInput<typeof routes.list>): Promise<Page<PortalLink>> {
    const { limit, cursor } = query;
    const rows = await this.links.list(app.appId, { limit, beforeId: readIdCursor(cursor) });
    return idPage(
      rows,
      limit,
      ({ linkId }) => linkId,
      (row) => presentLink(row, app.appKey),
    );
  }

  @Route(routes.create)
  async create(
    @Input() { caller, app, body, request, audit }: RouteInput<typeof routes.create>,
  ): Promise<Single<CreatedPortalLink>> {
    const { row, token } = await this.createLink.create(app, body, caller);
    const { linkId, name, webhookIds, permissions, allowedOrigins } = row;
    const expiresAt = row.expiresAt.toISOString();
    audit.note({ targetId: linkId, detail: { name, webhookIds, permissions, allowedOrigins, expiresAt } });
    const url = `${this.originOf(request)}${portalPathOf(row)}#${token}`;
    return { data: { ...presentLink(row, app.appKey), token, url } };
  }

  @Route(routes.revoke)
  async revoke(@Input() { app, path, audit }: RouteInput<typeof routes.revoke>): Promise<void> {
    const name = await this.links.remove(app.appId, path.linkId);
    if (name === undefined) throw DomainError.notFound('portal link');
    audit.note({ detail: { name } });
  }

  @Route(routes.open)
  async open(@Input() { body, ipAddress }: RouteInput<typeof routes.open>): Promise<Single<PortalSession>> {
    return { data: await this.openPortal.open(body.token, ipAddress) };
  }

  private originOf({ protocol, host }: FastifyRequest): string {
    return this.env.PUBLIC_URL?.replace(/\/+$/, '') ?? `${protocol}://${host}`;
  }
}

function presentLink(row: PortalLinkRow, appKey: string): PortalLink {
  return {
    ...row,
    appKey,
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
