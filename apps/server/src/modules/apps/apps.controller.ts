import { Body, Controller, Ip, Param, Query } from '@nestjs/common';
import type { App, AppSummary, CreatedApp, RevealedAppSecret } from '@im/contracts/api/apps';
import type { Page, Single } from '@im/contracts/api/common';
import { appRoutes } from '@im/contracts/routes/app-routes';
import { Clock } from '../../platform/clock/clock.js';
import { parseBody, parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { CreateAppService } from './create-app.service.js';
import { DeleteAppService } from './delete-app.service.js';
import { ListAppsService } from './list-apps.service.js';
import { presentApp } from './present-app.js';
import { ResolveAppService } from './resolve-app.service.js';
import { RevealAppSecretService } from './reveal-app-secret.service.js';
import { UpdateAppService } from './update-app.service.js';

@Controller()
export class AppsController {
  constructor(
    private readonly resolveApp: ResolveAppService,
    private readonly listApps: ListAppsService,
    private readonly createApp: CreateAppService,
    private readonly updateApp: UpdateAppService,
    private readonly deleteApp: DeleteAppService,
    private readonly revealAppSecret: RevealAppSecretService,
    private readonly clock: Clock,
  ) {}

  @Route(appRoutes.list)
  list(@Caller() identity: Identity, @Query() query: unknown): Promise<Page<AppSummary>> {
    return this.listApps.list(identity, parseQuery(appRoutes.list.query, query));
  }

  @Route(appRoutes.create)
  async create(
    @Caller() identity: Identity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<CreatedApp>> {
    const request = parseBody(appRoutes.create.body, body);
    const { app, appSecret } = await this.createApp.create(identity, request, ipAddress);
    return { data: { ...presentApp(app, this.clock.now()), appSecret } };
  }

  @Route(appRoutes.get)
  async get(@Caller() identity: Identity, @Param('appKey') appKey: string): Promise<Single<App>> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    return { data: await this.listApps.get(app) };
  }

  @Route(appRoutes.update)
  async update(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<App>> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    const change = parseBody(appRoutes.update.body, body);
    const updated = await this.updateApp.update(identity, app, change, ipAddress);
    return { data: presentApp(updated, this.clock.now()) };
  }

  @Route(appRoutes.delete)
  async delete(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    await this.deleteApp.delete(identity, app, ipAddress);
  }

  @Route(appRoutes.revealSecret)
  async revealSecret(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Ip() ipAddress: string,
  ): Promise<Single<RevealedAppSecret>> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    return { data: await this.revealAppSecret.reveal(identity, app, ipAddress) };
  }
}
