import { Injectable } from '@nestjs/common';
import type {
  AlertRuleName,
  AlertRules,
  AlertRulesPreview,
  PreviewAlertRulesRequest,
  RulePreview,
} from '@im/contracts/api/alert-rules';
import { ALERT_RULES } from '@im/contracts/api/alert-constants';
import { Clock } from '../../platform/clock/clock.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { AlertSettingsRepository } from './data/alert-settings.repository.js';
import { RuleHistoryRepository } from './data/rule-history.repository.js';
import { effectiveSettings, mergeRules, thresholdFaults } from './domain/alert-settings.js';
import {
  addUpEvents,
  previewAttempts,
  previewQuestions,
  type AttemptQuarter,
} from './domain/preview-windows.js';

const SPAN_MS = 7 * 86_400_000;

interface Figures {
  attempts: () => Promise<AttemptQuarter[] | null>;
  opened: () => Promise<ReadonlyMap<string, number> | null>;
}

interface Asked {
  appId: string;
  since: Date;
  /** As they would be. */
  rules: AlertRules;
  /** As they are. */
  saved: AlertRules;
}

/** A number, too many rows to count, or nothing that could be counted. */
type Fired = number | 'too_many' | 'not_recorded';

/** Tells how often alert rules would have opened alerts, before they are saved. */
@Injectable()
export class PreviewAlertRulesService {
  constructor(
    private readonly settings: AlertSettingsRepository,
    private readonly history: RuleHistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input` when a rule would be critical before it is a warning */
  async preview(
    { appId }: AppRef,
    { rules: change = {} }: PreviewAlertRulesRequest,
  ): Promise<AlertRulesPreview> {
    const stored = await this.settings.find(appId);
    const saved = effectiveSettings(stored).rules;
    const { rules } = effectiveSettings({
      ...{ renotifyAfterMinutes: 0, quietHours: null },
      rules: mergeRules(stored?.rules ?? {}, change),
    });
    const faults = thresholdFaults(rules, change);
    if (faults.length > 0) throw invalidInput(faults);
    const to = this.clock.now();
    const since = new Date(to.getTime() - SPAN_MS);
    const asked = { appId, since, rules, saved };
    const previews: RulePreview[] = [];
    // One after the other: a preview takes one connection.
    const figures = this.figuresOf(asked);
    for (const rule of ALERT_RULES) {
      if (rules[rule].enabled) previews.push(presentPreview(rule, await this.firedOf(rule, asked, figures)));
    }
    return { from: since.toISOString(), to: to.toISOString(), rules: previews };
  }

  private async firedOf(rule: AlertRuleName, asked: Asked, figures: Figures): Promise<Fired> {
    const { appId, since, rules, saved } = asked;
    switch (rule) {
      case 'consecutive_failures':
        return orTooMany(await this.history.failedInARow(appId, since, rules[rule].warning));
      case 'delivery_exhausted':
        return orTooMany(await this.history.exhausted(appId, since));
      case 'webhook_disabled':
      case 'cannot_sign': {
        // Nothing but its alerts tells of it, and while it was off there were none.
        if (!saved[rule].enabled) return 'not_recorded';
        const opened = await figures.opened();
        return opened === null ? 'too_many' : (opened.get(rule) ?? 0);
      }
      case 'success_rate':
      case 'slow': {
        const quarters = await figures.attempts();
        return quarters === null ? 'too_many' : previewAttempts(rule, quarters, rules);
      }
      case 'before_failing': {
        const quarters = await this.history.questions(appId, since);
        return quarters === null ? 'too_many' : previewQuestions(quarters, rules);
      }
      case 'backlog':
      case 'source_silent':
      case 'source_rejecting':
        return 'not_recorded';
    }
  }

  /** What two rules need is read once. */
  private figuresOf({ appId, since }: Asked): Figures {
    return {
      attempts: once(async () => {
        const rows = await this.history.attempts(appId, since);
        return rows && addUpEvents(rows);
      }),
      opened: once(() => this.history.opened(appId, since)),
    };
  }
}

const ESTIMATED: readonly AlertRuleName[] = ['success_rate', 'slow', 'before_failing'];

function presentPreview(rule: AlertRuleName, fired: Fired): RulePreview {
  return typeof fired === 'number'
    ? { rule, fired, isEstimate: ESTIMATED.includes(rule), unknownBecause: null }
    : { rule, fired: null, isEstimate: false, unknownBecause: fired };
}

function orTooMany(count: number | null): Fired {
  return count ?? 'too_many';
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}
