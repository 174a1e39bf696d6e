import { Controller } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { RevealedSourceToken, Source, StagedSourceToken } from '@im/contracts/api/sources';
import { sourceRoutes as routes } from '@im/contracts/routes/source-routes';
import { readIdCursor } from '../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import { SourcesRepository } from './data/sources.repository.js';
import { ResolveSourceService } from './resolve-source.service.js';
import { SaveSourceService } from './save-source.service.js';
import { ShowSourceService } from './show-source.service.js';

@Controller()
export class SourcesController {
  constructor(
    private readonly sources: SourcesRepository,
    private readonly resolve: ResolveSourceService,
    private readonly save: SaveSourceService,
    private readonly show: ShowSourceService,
  ) {}

  @Route(routes.list)
  async list(@Input() { app, query, request }: RouteInput<typeof routes.list>): Promise<Page<Source>> {
    const { limit, cursor } = query;
    const rows = await this.sources.list(app.appId, limit + 1, readIdCursor(cursor));
    return this.show.page(rows, limit, app, request);
  }

  @Route(routes.create)
  async create(
    @Input() { caller, app, body, request, audit }: RouteInput<typeof routes.create>,
  ): Promise<Single<Source>> {
    const { source, token } = await this.save.create(app.appId, body, actorOf(caller));
    const { sourceId, kind, name } = source;
    audit.note({ targetId: sourceId, detail: { kind, name } });
    const shown = await this.show.one(source, app, request);
    return { data: { ...shown, token, url: this.show.urlOf(source, token, request) } };
  }

  @Route(routes.get)
  async get(@Input() { app, path, request }: RouteInput<typeof routes.get>): Promise<Single<Source>> {
    return { data: await this.show.one(await this.resolve.find(app, path.sourceId), app, request) };
  }

  @Route(routes.update)
  async update(
    @Input() { app, path, body, request, audit }: RouteInput<typeof routes.update>,
  ): Promise<Single<Source>> {
    const source = await this.save.update(await this.resolve.find(app, path.sourceId), body);
    const settings = Object.keys(body.settings ?? {});
    audit.note({
      targetId: source.sourceId,
      detail: { name: source.name, fields: Object.keys(body), ...(settings.length > 0 && { settings }) },
    });
    return { data: await this.show.one(source, app, request) };
  }

  @Route(routes.delete)
  async delete(@Input() { app, path, audit }: RouteInput<typeof routes.delete>): Promise<void> {
    const source = await this.resolve.find(app, path.sourceId);
    await this.save.delete(source);
    audit.note({ targetId: source.sourceId, detail: { kind: source.kind, name: source.name } });
  }

  @Route(routes.revealToken)
  async revealToken(
    @Input() { app, path, body, request, audit }: RouteInput<typeof routes.revealToken>,
  ): Promise<Single<RevealedSourceToken>> {
    const source = await this.resolve.find(app, path.sourceId);
    const token = this.save.tokenOf(source);
    audit.note({ targetId: source.sourceId, detail: { name: source.name, ...body } });
    return { data: { token, url: this.show.urlOf(source, token, request) } };
  }

  @Route(routes.stageToken)
  async stageToken(
    @Input() { app, path, request, audit }: RouteInput<typeof routes.stageToken>,
  ): Promise<Single<StagedSourceToken>> {
    const { source, token } = await this.save.stageToken(await this.resolve.find(app, path.sourceId));
    audit.note({ targetId: source.sourceId, detail: { name: source.name } });
    const { tokenRotation } = await this.show.one(source, app, request);
    return { data: { token, url: this.show.urlOf(source, token, request), tokenRotation } };
  }

  @Route(routes.activateToken)
  async activateToken(
    @Input() { app, path, body, request, audit }: RouteInput<typeof routes.activateToken>,
  ): Promise<Single<Source>> {
    const { overlapSeconds } = body;
    const source = await this.save.activateToken(await this.resolve.find(app, path.sourceId), overlapSeconds);
    audit.note({ targetId: source.sourceId, detail: { name: source.name, overlapSeconds } });
    return { data: await this.show.one(source, app, request) };
  }
}
