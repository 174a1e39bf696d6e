import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Patch, Post, Query } from '@nestjs/common';
import {
  createAppRequestSchema,
  updateAppRequestSchema,
  type App,
  type AppSummary,
  type CreatedApp,
  type RevealedAppSecret,
} from '@im/contracts/api/apps';
import { pageQuerySchema, type Page, type Single } from '@im/contracts/api/common';
import { Clock } from '../../platform/clock/clock.js';
import { parseBody, parseQuery } from '../../platform/http/parse-input.js';
import { Access, ADMIN_AND_DEVELOPER, ADMIN_ONLY, ALL_ROLES, Caller } from '../access/access.decorators.js';
import type { Identity } from '../access/domain/identity.js';
import { CreateAppService } from './create-app.service.js';
import { DeleteAppService } from './delete-app.service.js';
import { ListAppsService } from './list-apps.service.js';
import { presentApp } from './present-app.js';
import { ResolveAppService } from './resolve-app.service.js';
import { RevealAppSecretService } from './reveal-app-secret.service.js';
import { UpdateAppService } from './update-app.service.js';

const READERS = { roles: ALL_ROLES, scope: 'webhooks:read' } as const;

@Controller('apps')
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

  @Get()
  @Access(READERS)
  list(@Caller() identity: Identity, @Query() query: unknown): Promise<Page<AppSummary>> {
    return this.listApps.list(identity, parseQuery(pageQuerySchema, query));
  }

  @Post()
  @Access({ roles: ADMIN_ONLY })
  async create(
    @Caller() identity: Identity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<CreatedApp>> {
    const request = parseBody(createAppRequestSchema, body);
    const { app, appSecret } = await this.createApp.create(identity, request, ipAddress);
    return { data: { ...presentApp(app, this.clock.now()), appSecret } };
  }

  @Get(':appKey')
  @Access(READERS)
  async get(@Caller() identity: Identity, @Param('appKey') appKey: string): Promise<Single<App>> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    return { data: await this.listApps.get(app) };
  }

  @Patch(':appKey')
  @Access({ roles: ADMIN_ONLY })
  async update(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<App>> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    const change = parseBody(updateAppRequestSchema, body);
    const updated = await this.updateApp.update(identity, app, change, ipAddress);
    return { data: presentApp(updated, this.clock.now()) };
  }

  @Delete(':appKey')
  @Access({ roles: ADMIN_ONLY })
  @HttpCode(204)
  async delete(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    await this.deleteApp.delete(identity, app, ipAddress);
  }

  @Post(':appKey/secret/reveal')
  @Access({ roles: ADMIN_AND_DEVELOPER })
  @HttpCode(200)
  async revealSecret(
    @Caller() identity: Identity,
    @Param('appKey') appKey: string,
    @Ip() ipAddress: string,
  ): Promise<Single<RevealedAppSecret>> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    return { data: { appSecret: await this.revealAppSecret.reveal(identity, app, ipAddress) } };
  }
}
