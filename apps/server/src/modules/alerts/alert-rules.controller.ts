import { Body, Controller, Ip, Param } from '@nestjs/common';
import type { AlertSettings } from '@im/contracts/api/alert-rules';
import type { Single } from '@im/contracts/api/common';
import { alertRoutes } from '@im/contracts/routes/alert-routes';
import { parseBody } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { ChangeAlertRulesService } from './change-alert-rules.service.js';
import { AlertSettingsRepository } from './data/alert-settings.repository.js';
import { presentSettings } from './domain/alert-settings.js';

@Controller()
export class AlertRulesController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly settings: AlertSettingsRepository,
    private readonly changeRules: ChangeAlertRulesService,
  ) {}

  @Route(alertRoutes.getRules)
  async get(@Caller() caller: Identity, @Param('appKey') appKey: string): Promise<Single<AlertSettings>> {
    const app = await this.apps.forCaller(caller, appKey);
    return { data: presentSettings(await this.settings.find(app.appId)) };
  }

  @Route(alertRoutes.changeRules)
  async change(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<AlertSettings>> {
    const app = await this.apps.forCaller(caller, appKey);
    const change = parseBody(alertRoutes.changeRules.body, body);
    return { data: presentSettings(await this.changeRules.change(caller, app, change, ipAddress)) };
  }
}
