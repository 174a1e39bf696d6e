import { Controller } from '@nestjs/common';
import type { AlertRulesPreview, AlertSettings } from '@im/contracts/api/alert-rules';
import type { Single } from '@im/contracts/api/common';
import { alertRoutes } from '@im/contracts/routes/alert-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import { ChangeAlertRulesService } from './change-alert-rules.service.js';
import { AlertSettingsRepository } from './data/alert-settings.repository.js';
import { presentSettings } from './domain/alert-settings.js';
import { PreviewAlertRulesService } from './preview-alert-rules.service.js';

@Controller()
export class AlertRulesController {
  constructor(
    private readonly settings: AlertSettingsRepository,
    private readonly changeRules: ChangeAlertRulesService,
    private readonly previewRules: PreviewAlertRulesService,
  ) {}

  @Route(alertRoutes.getRules)
  async get(@Input() { app }: RouteInput<typeof alertRoutes.getRules>): Promise<Single<AlertSettings>> {
    return { data: presentSettings(await this.settings.find(app.appId)) };
  }

  @Route(alertRoutes.changeRules)
  async change(
    @Input() { caller, app, body, audit }: RouteInput<typeof alertRoutes.changeRules>,
  ): Promise<Single<AlertSettings>> {
    return { data: presentSettings(await this.changeRules.change(app, body, actorOf(caller), audit)) };
  }

  @Route(alertRoutes.previewRules)
  async preview(
    @Input() { app, body }: RouteInput<typeof alertRoutes.previewRules>,
  ): Promise<Single<AlertRulesPreview>> {
    return { data: await this.previewRules.preview(app, body) };
  }
}
