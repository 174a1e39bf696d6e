import { Controller } from '@nestjs/common';
import type { Alert, AlertWithSteps } from '@im/contracts/api/alerts';
import type { Page, Single } from '@im/contracts/api/common';
import { alertRoutes } from '@im/contracts/routes/alert-routes';
import { DomainError } from '../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { AlertRow } from './domain/alert-row.js';
import { AlertsRepository } from './data/alerts.repository.js';
import { stepsOf } from './domain/alert-steps.js';
import { HandleAlertService } from './handle-alert.service.js';
import { presentAlert } from './present-alert.js';

@Controller()
export class AlertsController {
  constructor(
    private readonly alerts: AlertsRepository,
    private readonly handleAlert: HandleAlertService,
  ) {}

  @Route(alertRoutes.list)
  async list(@Input() { app, query }: RouteInput<typeof alertRoutes.list>): Promise<Page<Alert>> {
    const { limit, cursor, ...filters } = query;
    const rows = await this.alerts.list({ ...filters, appId: app.appId }, limit + 1, readIdCursor(cursor));
    return idPage(
      rows,
      limit,
      (row) => row.alertId,
      (row) => presentAlert(row, app.appKey),
    );
  }

  @Route(alertRoutes.get)
  async get(@Input() { app, path }: RouteInput<typeof alertRoutes.get>): Promise<Single<AlertWithSteps>> {
    const alert = await this.find(app, path.alertId);
    const steps = stepsOf(alert, await this.alerts.noticedSteps(alert.alertId));
    return { data: { ...presentAlert(alert, app.appKey), steps } };
  }

  @Route(alertRoutes.acknowledge)
  async acknowledge(
    @Input() { caller, app, path, audit }: RouteInput<typeof alertRoutes.acknowledge>,
  ): Promise<Single<Alert>> {
    await this.handleAlert.acknowledge(await this.find(app, path.alertId), actorOf(caller));
    audit.note();
    return { data: presentAlert(await this.find(app, path.alertId), app.appKey) };
  }

  @Route(alertRoutes.resolve)
  async resolve(
    @Input() { caller, app, path, audit }: RouteInput<typeof alertRoutes.resolve>,
  ): Promise<Single<Alert>> {
    await this.handleAlert.resolve(app, await this.find(app, path.alertId), actorOf(caller));
    audit.note();
    return { data: presentAlert(await this.find(app, path.alertId), app.appKey) };
  }

  private async find({ appId }: AppRef, alertId: string): Promise<AlertRow> {
    const alert = await this.alerts.find(appId, alertId);
    if (!alert) throw DomainError.notFound('alert');
    return alert;
  }
}
