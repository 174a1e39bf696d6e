/** Measures all webhooks at once, for the rules that look at stretches of time. */
import { Injectable } from '@nestjs/common';
import type { AlertRules } from '@im/contracts/api/alert-rules';
import { BacklogRepository } from './data/backlog.repository.js';
import type { WindowFigures } from './domain/evaluate-windows.js';

@Injectable()
export class MeasureWindowsService {
  constructor(private readonly backlogs: BacklogRepository) {}

  /**
   * @param rulesInForce of all apps: what none of them would call a reason for an alert need not be found
   * @returns figures by webhook
   */
  async measure(rulesInForce: readonly AlertRules[], at: Date): Promise<Map<string, WindowFigures>> {
    const figures = new Map<string, WindowFigures>();
    const minutes = rulesInForce.flatMap(({ backlog }) => (backlog.enabled ? [backlog.warningMinutes] : []));
    if (minutes.length > 0) {
      for (const { webhookId, ...backlog } of await this.backlogs.oldestDue(at, Math.min(...minutes) * 60)) {
        figures.set(webhookId, { backlog });
      }
    }
    return figures;
  }
}
