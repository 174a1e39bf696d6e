import { Injectable } from '@nestjs/common';
import type { Alert } from '@im/contracts/api/alerts';
import type { AppRef } from '../apps/resolve-app.service.js';
import { AlertsRepository } from './data/alerts.repository.js';
import { presentAlert } from './present-alert.js';

/** Finds the alerts of a span of time. */
@Injectable()
export class FindAlertsService {
  constructor(private readonly alerts: AlertsRepository) {}

  /** See {@link AlertsRepository.ofSpan}. */
  async ofSpan({ appId, appKey }: AppRef, from: Date, to: Date, limit: number): Promise<Alert[]> {
    const rows = await this.alerts.ofSpan(appId, from, to, limit);
    return rows.map((row) => presentAlert(row, appKey));
  }
}
