/**
 * Runs a round over the rules with a time window and over reminders, for all webhooks at once. Every worker asks for
 * the round and one gets it. Like every evaluation it may be repeated.
 */
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logging/logger.js';
import { AlertRoundsRepository } from './data/alert-rounds.repository.js';
import { AlertSettingsRepository } from './data/alert-settings.repository.js';
import { MeasureWindowsService } from './measure-windows.service.js';
import { effectiveSettings, type EffectiveAlertSettings } from './domain/alert-settings.js';
import { evaluateWindows } from './domain/evaluate-windows.js';
import { notifyPolicyOf, type NotifyPolicy } from './domain/notify-policy.js';
import { logAlertChange } from './log-alert-change.js';

const ROUND_INTERVAL_MS = 20_000;

const DEFAULTS = effectiveSettings(undefined);

@Injectable()
export class RunAlertRoundService {
  constructor(
    private readonly rounds: AlertRoundsRepository,
    private readonly settings: AlertSettingsRepository,
    private readonly measureWindows: MeasureWindowsService,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    const at = this.clock.now();
    if (!(await this.rounds.take(at, ROUND_INTERVAL_MS))) return;
    const settings = await this.readSettings();
    const policyOfApp = remembered((appId) => notifyPolicyOf(settings.get(appId) ?? DEFAULTS, at));
    await this.evaluate(settings, policyOfApp, at);
    await this.rounds.remind(policyOfApp, at);
  }

  private async evaluate(
    settings: ReadonlyMap<string, EffectiveAlertSettings>,
    policyOfApp: (appId: string) => NotifyPolicy,
    at: Date,
  ): Promise<void> {
    const rulesOfApp = new Map([...settings].map(([appId, { rules }]) => [appId, rules]));
    const measured = await this.measureWindows.measure(DEFAULTS.rules, rulesOfApp, at);
    const changes = await this.rounds.evaluate(
      measured.webhookIds,
      ({ webhookId, appId, webhook, alerts }) => {
        const rules = rulesOfApp.get(appId) ?? DEFAULTS.rules;
        return evaluateWindows(webhook, measured.of(webhookId, rules), alerts, rules, at);
      },
      policyOfApp,
      at,
    );
    for (const { webhookId, change } of changes ?? []) logAlertChange(this.logger, webhookId, change);
  }

  /** Of the apps that set any. */
  private async readSettings(): Promise<Map<string, EffectiveAlertSettings>> {
    const stored = await this.settings.all();
    return new Map([...stored].map(([appId, settings]) => [appId, effectiveSettings(settings)]));
  }
}

/** Worked out once for each app. */
function remembered<T>(work: (appId: string) => T): (appId: string) => T {
  const known = new Map<string, T>();
  return (appId) => {
    const value = known.get(appId) ?? work(appId);
    known.set(appId, value);
    return value;
  };
}
