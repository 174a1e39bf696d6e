import { Body, Controller, Ip, Param } from '@nestjs/common';
import type { App, CreatedApp, RevealedAppSecret } from '@im/contracts/api/apps';
import type { Single } from '@im/contracts/api/common';
import { appRoutes } from '@im/contracts/routes/app-routes';
import { Clock } from '../../platform/clock/clock.js';
import { parseBody } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { CreateAppService } from './create-app.service.js';
import { presentApp } from './present-app.js';
import { ReadAppService } from './read-app.service.js';
import { ResolveAppService } from './resolve-app.service.js';
import { RevealAppSecretService } from './reveal-app-secret.service.js';
import { UpdateAppService } from './update-app.service.js';

@Controller()
export class AppsController {
  constructor(
    private readonly resolveApp: ResolveAppService,
    private readonly readApp: ReadAppService,
    private readonly createApp: CreateAppService,
    private readonly updateApp: UpdateAppService,
    private readonly revealAppSecret: RevealAppSecretService,
    private readonly clock: Clock,
  ) {}

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
    return { data: presentApp(await this.readApp.read(app), this.clock.now()) };
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
