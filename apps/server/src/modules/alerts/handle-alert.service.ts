/** Acknowledges and resolves alerts for people, with notice and audit entry. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { actorOf, type Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { AlertRow } from './domain/alert-row.js';
import { AlertSettingsRepository } from './data/alert-settings.repository.js';
import { AlertsRepository } from './data/alerts.repository.js';
import { effectiveSettings } from './domain/alert-settings.js';
import { notifyPolicyOf } from './domain/notify-policy.js';

export interface AlertRequest {
  caller: Identity;
  app: AppRef;
  alert: AlertRow;
  ipAddress: string;
}

@Injectable()
export class HandleAlertService {
  constructor(
    private readonly alerts: AlertsRepository,
    private readonly settings: AlertSettingsRepository,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `conflict` when it is not open any more */
  async acknowledge({ caller, app, alert, ipAddress }: AlertRequest): Promise<void> {
    const { alertId, status } = alert;
    const isDone = await this.alerts.acknowledge(alertId, actorOf(caller), this.clock.now());
    if (!isDone) throw new DomainError('conflict', `The alert is ${status} already`);
    const { appKey } = app;
    await this.audit.record({
      identity: caller,
      action: 'alert.acknowledged',
      appKey,
      targetId: alertId,
      ipAddress,
    });
  }

  /** @throws DomainError `conflict` when it is resolved already */
  async resolve({ caller, app, alert, ipAddress }: AlertRequest): Promise<void> {
    const { alertId, severity } = alert;
    const at = this.clock.now();
    const settings = effectiveSettings(await this.settings.find(app.appId));
    const deferredUntil = notifyPolicyOf(settings, at).deferredUntil(severity);
    const isDone = await this.alerts.resolve(alertId, actorOf(caller), at, deferredUntil);
    if (!isDone) throw new DomainError('conflict', 'The alert is resolved already');
    const { appKey } = app;
    await this.audit.record({
      identity: caller,
      action: 'alert.resolved',
      appKey,
      targetId: alertId,
      ipAddress,
    });
  }
}
