/** The list of apps, with figures of their webhooks, and the end of an app, which ends its webhooks. */
import { Controller, Ip, Param, Query } from '@nestjs/common';
import type { AppSummary } from '@im/contracts/api/apps';
import type { Page } from '@im/contracts/api/common';
import { appRoutes } from '@im/contracts/routes/app-routes';
import { parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { DeleteAppService } from './delete-app.service.js';
import { ListAppsService } from './list-apps.service.js';

@Controller()
export class AppsOverviewController {
  constructor(
    private readonly resolveApp: ResolveAppService,
    private readonly listApps: ListAppsService,
    private readonly deleteApp: DeleteAppService,
  ) {}

  @Route(appRoutes.list)
  list(@Caller() identity: Identity, @Query() query: unknown): Promise<Page<AppSummary>> {
    return this.listApps.list(identity, parseQuery(appRoutes.list.query, query));
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
}
