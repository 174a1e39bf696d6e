/** Lists apps with figures of their webhooks, and deletes an app together with its webhooks. */
import { Controller } from '@nestjs/common';
import type { AppSummary } from '@im/contracts/api/apps';
import type { Page } from '@im/contracts/api/common';
import { appRoutes } from '@im/contracts/routes/app-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import { DeleteAppService } from './delete-app.service.js';
import { ListAppsService } from './list-apps.service.js';

@Controller()
export class AppsOverviewController {
  constructor(
    private readonly listApps: ListAppsService,
    private readonly deleteApp: DeleteAppService,
  ) {}

  @Route(appRoutes.list)
  list(@Input() { caller, query }: RouteInput<typeof appRoutes.list>): Promise<Page<AppSummary>> {
    return this.listApps.list(caller, query);
  }

  @Route(appRoutes.delete)
  async delete(@Input() { caller, app, audit }: RouteInput<typeof appRoutes.delete>): Promise<void> {
    await this.deleteApp.delete(app, actorOf(caller));
    audit.note({ detail: { name: app.name } });
  }
}
