/** Serves what helps to set a source up: its last requests, the snippet, a test, and the check of a configuration file. */
import { Controller } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type {
  ConfigFinding,
  SourceRequestEntry,
  SourceSnippet,
  TestedSource,
} from '@im/contracts/api/sources';
import { sourceRoutes as routes } from '@im/contracts/routes/source-routes';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { adapterFor } from './adapters.js';
import { SourceRequestsRepository } from './data/source-requests.repository.js';
import { FindSourceService } from './find-source.service.js';
import { RecordRequestsService } from './record-requests.service.js';
import { ResolveSourceService } from './resolve-source.service.js';
import { SaveSourceService } from './save-source.service.js';
import { presentRequest, ShowSourceService } from './show-source.service.js';
import { TestSourceService } from './test-source.service.js';

@Controller()
export class SourceToolsController {
  constructor(
    private readonly requests: SourceRequestsRepository,
    private readonly records: RecordRequestsService,
    private readonly resolve: ResolveSourceService,
    private readonly find: FindSourceService,
    private readonly save: SaveSourceService,
    private readonly show: ShowSourceService,
    private readonly tests: TestSourceService,
  ) {}

  @Route(routes.requests)
  async list(
    @Input() { app, path, query }: RouteInput<typeof routes.requests>,
  ): Promise<Page<SourceRequestEntry>> {
    const { sourceId } = await this.resolve.find(app, path.sourceId);
    // What this process has not written yet is shown too.
    await this.records.flush();
    const rows = await this.requests.list(sourceId, query.limit, query.outcome ?? null);
    return { data: rows.map(presentRequest), page: { nextCursor: null } };
  }

  @Route(routes.snippet)
  async snippet(
    @Input() { app, path, query, request, audit }: RouteInput<typeof routes.snippet>,
  ): Promise<Single<SourceSnippet>> {
    const source = await this.resolve.find(app, path.sourceId);
    const url = this.show.urlOf(source, this.save.tokenOf(source), request);
    audit.note({ targetId: source.sourceId, detail: { name: source.name } });
    return { data: adapterFor(source.kind).snippet(url, query.version, this.find.open(source)) };
  }

  @Route(routes.test)
  async test(
    @Input() { app, path, body, audit }: RouteInput<typeof routes.test>,
  ): Promise<Single<TestedSource>> {
    const source = await this.resolve.find(app, path.sourceId);
    const tested = await this.tests.play(source, body.command);
    audit.note({ targetId: source.sourceId, detail: { name: source.name, command: tested.command } });
    return { data: tested };
  }

  @Route(routes.checkConfig)
  async checkConfig(
    @Input() { app, path, body, request }: RouteInput<typeof routes.checkConfig>,
  ): Promise<Single<{ findings: ConfigFinding[] }>> {
    const source = await this.resolve.find(app, path.sourceId);
    const adapter = adapterFor(source.kind);
    if (!adapter.checkConfig) {
      throw new DomainError('conflict', `There is no configuration file to check for ${source.kind}`);
    }
    const url = this.show.urlOf(source, this.save.tokenOf(source), request);
    return { data: { findings: adapter.checkConfig(body.text, url) } };
  }
}
