/** Measures all sources at once for the rules about them: a few statements a round for any number of sources. */
import { Injectable } from '@nestjs/common';
import type { AlertRules } from '@im/contracts/api/alert-rules';
import { SourceFiguresRepository } from './data/source-figures.repository.js';
import type { SourceRequests } from './domain/evaluate-sources.js';
import { windowsInUse } from './domain/windows-in-use.js';

const MINUTE_MS = 60_000;

export interface SourceMeasurements {
  /** Sources that could break a rule. */
  sourceIds: string[];
  /** @param rules of the source's app */
  requestsOf: (sourceId: string, rules: AlertRules) => SourceRequests | undefined;
}

@Injectable()
export class MeasureSourcesService {
  constructor(private readonly figures: SourceFiguresRepository) {}

  /**
   * @param defaults rules of every app that set none
   * @param rulesOfApp rules of those that did
   */
  async measure(
    defaults: AlertRules,
    rulesOfApp: ReadonlyMap<string, AlertRules>,
    at: Date,
  ): Promise<SourceMeasurements> {
    const silent = await this.findSilent(defaults, rulesOfApp, at);
    const counts = new Map<number, Map<string, SourceRequests>>();
    for (const { minutes, appIds, lowestWarning } of windowsInUse('source_rejecting', defaults, rulesOfApp)) {
      const rows = await this.figures.countNotAccepted(appIds, minutesBefore(at, minutes), lowestWarning);
      counts.set(minutes, new Map(rows.map(({ sourceId, ...requests }) => [sourceId, requests])));
    }
    const rejecting = [...counts.values()].flatMap((requests) => [...requests.keys()]);
    return {
      sourceIds: [...new Set([...silent, ...rejecting])],
      requestsOf: (sourceId, rules) => counts.get(rules.source_rejecting.windowMinutes)?.get(sourceId),
    };
  }

  private async findSilent(
    defaults: AlertRules,
    rulesOfApp: ReadonlyMap<string, AlertRules>,
    at: Date,
  ): Promise<string[]> {
    if (![defaults, ...rulesOfApp.values()].some((rules) => rules.source_silent.enabled)) return [];
    const limitOf = ({ source_silent: { enabled, warningMinutes } }: AlertRules) =>
      enabled ? minutesBefore(at, warningMinutes) : null;
    return this.figures.newlySilent({
      ofApps: new Map([...rulesOfApp].map(([appId, rules]) => [appId, limitOf(rules)])),
      ofOthers: limitOf(defaults),
    });
  }
}

function minutesBefore(at: Date, minutes: number): Date {
  return new Date(at.getTime() - minutes * MINUTE_MS);
}
