/**
 * Measures all webhooks at once for the rules with a time window: a few statements a round for any number of webhooks;
 * details are read only of those that could break a rule.
 */
import { Injectable } from '@nestjs/common';
import type { AlertRules } from '@im/contracts/api/alert-rules';
import { ReadBeforeCountsService } from '../statistics/read-before-counts.service.js';
import { ReadAttemptWindowsService } from '../statistics/read-attempt-windows.service.js';
import { AlertSubjectsRepository } from './data/alert-subjects.repository.js';
import { BacklogRepository } from './data/backlog.repository.js';
import type { WindowFigures } from './domain/evaluate-windows.js';
import { windowsInUse, type WindowInUse } from './domain/windows-in-use.js';

const MINUTE_MS = 60_000;

export interface Measurements {
  /** Webhooks that there are figures of. */
  webhookIds: string[];
  /** @param rules of the webhook's app */
  of: (webhookId: string, rules: AlertRules) => WindowFigures;
}

type Counts = Map<string, { attempts: number; failures: number }>;
type Questions = Map<string, { questions: number; byPolicy: number }>;
type Durations = Map<string, { attempts: number; p95Ms: number }>;

@Injectable()
export class MeasureWindowsService {
  constructor(
    private readonly windows: ReadAttemptWindowsService,
    private readonly before: ReadBeforeCountsService,
    private readonly backlogs: BacklogRepository,
    private readonly subjects: AlertSubjectsRepository,
  ) {}

  /**
   * @param defaults rules of every app that set none
   * @param rulesOfApp rules of those that did
   */
  async measure(
    defaults: AlertRules,
    rulesOfApp: ReadonlyMap<string, AlertRules>,
    at: Date,
  ): Promise<Measurements> {
    const backlogs = await this.measureBacklogs([defaults, ...rulesOfApp.values()], at);
    const counts = new Map<number, Counts>();
    for (const window of windowsInUse('success_rate', defaults, rulesOfApp)) {
      counts.set(window.minutes, await this.countAttempts(window, at));
    }
    const durations = new Map<number, Durations>();
    for (const window of windowsInUse('slow', defaults, rulesOfApp)) {
      durations.set(window.minutes, await this.measureDurations(window, at));
    }
    const questions = new Map<number, Questions>();
    for (const window of windowsInUse('before_failing', defaults, rulesOfApp)) {
      questions.set(window.minutes, await this.countQuestions(window, at));
    }
    const found = [backlogs, ...counts.values(), ...durations.values(), ...questions.values()].flatMap(
      (figures) => [...figures.keys()],
    );
    return {
      webhookIds: [...new Set(found)],
      of: (webhookId, rules) => ({
        successRate: counts.get(rules.success_rate.windowMinutes)?.get(webhookId),
        slow: durations.get(rules.slow.windowMinutes)?.get(webhookId),
        backlog: backlogs.get(webhookId),
        before: questions.get(rules.before_failing.windowMinutes)?.get(webhookId),
      }),
    };
  }

  private async measureBacklogs(rules: readonly AlertRules[], at: Date) {
    const minutes = rules.flatMap(({ backlog }) => (backlog.enabled ? [backlog.warningMinutes] : []));
    if (minutes.length === 0) return new Map<string, NonNullable<WindowFigures['backlog']>>();
    const oldest = await this.backlogs.oldestDue(at, Math.min(...minutes) * 60);
    return new Map(oldest.map(({ webhookId, ...backlog }) => [webhookId, backlog]));
  }

  private async countAttempts(window: WindowInUse, at: Date): Promise<Counts> {
    const webhookIds = await this.webhooksOf(window);
    const rows = await this.windows.countFailing(webhookIds, sinceOf(window, at));
    return new Map(rows.map(({ webhookId, ...counts }) => [webhookId, counts]));
  }

  private async countQuestions(window: WindowInUse, at: Date): Promise<Questions> {
    const rows = await this.before.countByPolicy(await this.webhooksOf(window), sinceOf(window, at));
    return new Map(rows.map(({ webhookId, ...counts }) => [webhookId, counts]));
  }

  private async measureDurations(window: WindowInUse, at: Date): Promise<Durations> {
    const since = sinceOf(window, at);
    const slow = await this.windows.findSlow(await this.webhooksOf(window), since, window.lowestWarning);
    if (slow.length === 0) return new Map();
    const rows = await this.windows.summarise(slow, since);
    return new Map(rows.map(({ webhookId, ...summary }) => [webhookId, summary]));
  }

  /** null: all of them. */
  private async webhooksOf({ appIds }: WindowInUse): Promise<string[] | null> {
    return appIds && this.subjects.webhooksOf(appIds);
  }
}

function sinceOf({ minutes }: WindowInUse, at: Date): Date {
  return new Date(at.getTime() - minutes * MINUTE_MS);
}
