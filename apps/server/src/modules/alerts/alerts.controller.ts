import { Controller, Ip, Param, Query } from '@nestjs/common';
import type { Alert, AlertWithSteps } from '@im/contracts/api/alerts';
import type { Page, Single } from '@im/contracts/api/common';
import { alertRoutes } from '@im/contracts/routes/alert-routes';
import { DomainError } from '../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import { parseId, parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ResolveAppService, type AppRef } from '../apps/resolve-app.service.js';
import type { AlertRow } from './domain/alert-row.js';
import { AlertsRepository } from './data/alerts.repository.js';
import { stepsOf } from './domain/alert-steps.js';
import { HandleAlertService } from './handle-alert.service.js';
import { presentAlert } from './present-alert.js';

@Controller()
export class AlertsController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly alerts: AlertsRepository,
    private readonly handleAlert: HandleAlertService,
  ) {}

  @Route(alertRoutes.list)
  async list(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Query() query: unknown,
  ): Promise<Page<Alert>> {
    const app = await this.apps.forCaller(caller, appKey);
    const { limit, cursor, ...filters } = parseQuery(alertRoutes.list.query, query);
    const rows = await this.alerts.list({ ...filters, appId: app.appId }, limit + 1, readIdCursor(cursor));
    return idPage(
      rows,
      limit,
      (row) => row.alertId,
      (row) => presentAlert(row, app.appKey),
    );
  }

  @Route(alertRoutes.get)
  async get(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('alertId') id: string,
  ): Promise<Single<AlertWithSteps>> {
    const { app, alert } = await this.find(caller, appKey, id);
    const steps = stepsOf(alert, await this.alerts.noticedSteps(alert.alertId));
    return { data: { ...presentAlert(alert, app.appKey), steps } };
  }

  @Route(alertRoutes.acknowledge)
  async acknowledge(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('alertId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<Alert>> {
    const { app, alert } = await this.find(caller, appKey, id);
    await this.handleAlert.acknowledge({ caller, app, alert, ipAddress });
    return this.answer(app, alert.alertId);
  }

  @Route(alertRoutes.resolve)
  async resolve(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('alertId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<Alert>> {
    const { app, alert } = await this.find(caller, appKey, id);
    await this.handleAlert.resolve({ caller, app, alert, ipAddress });
    return this.answer(app, alert.alertId);
  }

  private async find(
    caller: Identity,
    appKey: string,
    id: string,
  ): Promise<{ app: AppRef; alert: AlertRow }> {
    const app = await this.apps.forCaller(caller, appKey);
    const alert = await this.alerts.find(app.appId, parseId(id, 'alert'));
    if (!alert) throw DomainError.notFound('alert');
    return { app, alert };
  }

  private async answer(app: AppRef, alertId: string): Promise<Single<Alert>> {
    const alert = await this.alerts.find(app.appId, alertId);
    if (!alert) throw DomainError.notFound('alert');
    return { data: presentAlert(alert, app.appKey) };
  }
}
