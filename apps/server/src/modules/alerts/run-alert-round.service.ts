/**
 * Runs a round over the rules with a time window and over reminders, for all webhooks and sources at once. Every
 * worker asks for the round and one gets it. Like every evaluation it may be repeated.
 */
import { Injectable } from '@nestjs/common';
import type { AlertRules } from '@im/contracts/api/alert-rules';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logging/logger.js';
import { AlertRoundsRepository } from './data/alert-rounds.repository.js';
import { AlertSettingsRepository } from './data/alert-settings.repository.js';
import { MeasureSourcesService } from './measure-sources.service.js';
import { MeasureWindowsService } from './measure-windows.service.js';
import { effectiveSettings, type EffectiveAlertSettings } from './domain/alert-settings.js';
import { evaluateSource } from './domain/evaluate-sources.js';
import { evaluateWindows } from './domain/evaluate-windows.js';
import { notifyPolicyOf, type NotifyPolicy } from './domain/notify-policy.js';
import { logAlertChange } from './log-alert-change.js';

const ROUND_INTERVAL_MS = 20_000;

const DEFAULTS = effectiveSettings(undefined);

interface Round {
  /** Of the apps that set any. */
  rulesOfApp: ReadonlyMap<string, AlertRules>;
  policyOfApp: (appId: string) => NotifyPolicy;
  at: Date;
}

@Injectable()
export class RunAlertRoundService {
  constructor(
    private readonly rounds: AlertRoundsRepository,
    private readonly settings: AlertSettingsRepository,
    private readonly measureWindows: MeasureWindowsService,
    private readonly measureSources: MeasureSourcesService,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    const at = this.clock.now();
    if (!(await this.rounds.take(at, ROUND_INTERVAL_MS))) return;
    const settings = await this.readSettings();
    const policyOfApp = remembered((appId) => notifyPolicyOf(settings.get(appId) ?? DEFAULTS, at));
    const rulesOfApp = new Map([...settings].map(([appId, { rules }]) => [appId, rules]));
    await this.evaluateWebhooks({ rulesOfApp, policyOfApp, at });
    await this.evaluateSources({ rulesOfApp, policyOfApp, at });
    await this.rounds.remind(policyOfApp, at);
  }

  private async evaluateWebhooks({ rulesOfApp, policyOfApp, at }: Round): Promise<void> {
    const measured = await this.measureWindows.measure(DEFAULTS.rules, rulesOfApp, at);
    const changes = await this.rounds.evaluateWebhooks(
      measured.webhookIds,
      ({ subject, appId, webhook, alerts }) => {
        const rules = rulesOfApp.get(appId) ?? DEFAULTS.rules;
        return evaluateWindows(webhook, measured.of(subject.webhookId, rules), alerts, rules, at);
      },
      policyOfApp,
      at,
    );
    for (const change of changes ?? []) logAlertChange(this.logger, change);
  }

  private async evaluateSources({ rulesOfApp, policyOfApp, at }: Round): Promise<void> {
    const measured = await this.measureSources.measure(DEFAULTS.rules, rulesOfApp, at);
    const changes = await this.rounds.evaluateSources(
      measured.sourceIds,
      ({ subject, appId, source, alerts }) => {
        const rules = rulesOfApp.get(appId) ?? DEFAULTS.rules;
        return evaluateSource(source, measured.requestsOf(subject.sourceId, rules), alerts, rules, at);
      },
      policyOfApp,
      at,
    );
    for (const change of changes ?? []) logAlertChange(this.logger, change);
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
