import { Controller } from '@nestjs/common';
import type { App, CreatedApp, RevealedAppSecret } from '@im/contracts/api/apps';
import type { Single } from '@im/contracts/api/common';
import { appRoutes } from '@im/contracts/routes/app-routes';
import { Clock } from '../../platform/clock/clock.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { CreateAppService } from './create-app.service.js';
import { presentApp } from './present-app.js';
import { ReadAppService } from './read-app.service.js';
import { RevealAppSecretService } from './reveal-app-secret.service.js';
import { UpdateAppService } from './update-app.service.js';

@Controller()
export class AppsController {
  constructor(
    private readonly readApp: ReadAppService,
    private readonly createApp: CreateAppService,
    private readonly updateApp: UpdateAppService,
    private readonly revealAppSecret: RevealAppSecretService,
    private readonly clock: Clock,
  ) {}

  @Route(appRoutes.create)
  async create(
    @Input() { caller, body, audit }: RouteInput<typeof appRoutes.create>,
  ): Promise<Single<CreatedApp>> {
    const { app, appSecret } = await this.createApp.create(caller.tenantId, body);
    const { appKey, name, packageName } = app;
    audit.note({ appKey, detail: { name, packageName } });
    return { data: { ...presentApp(app, this.clock.now()), appSecret } };
  }

  @Route(appRoutes.get)
  async get(@Input() { app }: RouteInput<typeof appRoutes.get>): Promise<Single<App>> {
    return { data: presentApp(await this.readApp.read(app), this.clock.now()) };
  }

  @Route(appRoutes.update)
  async update(@Input() { app, body, audit }: RouteInput<typeof appRoutes.update>): Promise<Single<App>> {
    return { data: presentApp(await this.updateApp.update(app, body, audit), this.clock.now()) };
  }

  @Route(appRoutes.revealSecret)
  async revealSecret(
    @Input() { app }: RouteInput<typeof appRoutes.revealSecret>,
  ): Promise<Single<RevealedAppSecret>> {
    return { data: await this.revealAppSecret.reveal(app) };
  }
}
