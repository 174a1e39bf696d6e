/** Acknowledges and resolves alerts for people. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { AlertRow } from './domain/alert-row.js';
import { AlertSettingsRepository } from './data/alert-settings.repository.js';
import { AlertsRepository } from './data/alerts.repository.js';
import { effectiveSettings } from './domain/alert-settings.js';
import { notifyPolicyOf } from './domain/notify-policy.js';

@Injectable()
export class HandleAlertService {
  constructor(
    private readonly alerts: AlertsRepository,
    private readonly settings: AlertSettingsRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `conflict` when it is not open any more */
  async acknowledge({ alertId, status }: AlertRow, by: string): Promise<void> {
    const isDone = await this.alerts.acknowledge(alertId, by, this.clock.now());
    if (!isDone) throw new DomainError('conflict', `The alert is ${status} already`);
  }

  /** @throws DomainError `conflict` when it is resolved already */
  async resolve({ appId }: AppRef, { alertId, severity }: AlertRow, by: string): Promise<void> {
    const at = this.clock.now();
    const settings = effectiveSettings(await this.settings.find(appId));
    const deferredUntil = notifyPolicyOf(settings, at).deferredUntil(severity);
    const isDone = await this.alerts.resolve(alertId, by, at, deferredUntil);
    if (!isDone) throw new DomainError('conflict', 'The alert is resolved already');
  }
}
