import { Injectable } from '@nestjs/common';
import type { ChangeAlertRulesRequest } from '@im/contracts/api/alert-rules';
import { Clock } from '../../platform/clock/clock.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import type { RequestAudit } from '../access/audit/request-audit.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { AlertSettingsRepository } from './data/alert-settings.repository.js';
import {
  changedFieldsOf,
  effectiveSettings,
  mergeRules,
  thresholdFaults,
  type StoredAlertSettings,
} from './domain/alert-settings.js';

@Injectable()
export class ChangeAlertRulesService {
  constructor(
    private readonly settings: AlertSettingsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps what the change does not name.
   *
   * @throws DomainError `invalid_input` when a rule would be critical before it is a warning
   */
  async change(
    { appId }: AppRef,
    change: ChangeAlertRulesRequest,
    by: string,
    audit: RequestAudit,
  ): Promise<StoredAlertSettings | undefined> {
    const changedFields = changedFieldsOf(change);
    if (changedFields.length === 0) {
      audit.skip();
      return this.settings.find(appId);
    }
    const changed = await this.settings.change(
      appId,
      (stored) => {
        const rules = mergeRules(stored.rules, change.rules ?? {});
        const faults = thresholdFaults(effectiveSettings({ ...stored, rules }).rules, change.rules ?? {});
        if (faults.length > 0) throw invalidInput(faults);
        const { renotifyAfterMinutes = stored.renotifyAfterMinutes, quietHours = stored.quietHours } = change;
        return { rules, renotifyAfterMinutes, quietHours };
      },
      { by, at: this.clock.now() },
    );
    audit.note({ detail: { changedFields } });
    return changed;
  }
}
