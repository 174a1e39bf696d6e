/** Lists the alerts of an app that are of interest now, for pages that stay open. */
import { Injectable } from '@nestjs/common';
import type { Alert } from '@im/contracts/api/alerts';
import type { AppRef } from '../apps/resolve-app.service.js';
import { AlertsRepository } from './data/alerts.repository.js';
import { presentAlert } from './present-alert.js';

@Injectable()
export class ListCurrentAlertsService {
  constructor(private readonly alerts: AlertsRepository) {}

  /** @returns those that are not resolved, and those resolved since, oldest first */
  async list({ appId, appKey }: Pick<AppRef, 'appId' | 'appKey'>, resolvedSince: Date): Promise<Alert[]> {
    const rows = await this.alerts.current(appId, resolvedSince);
    return rows.map((row) => presentAlert(row, appKey));
  }
}
