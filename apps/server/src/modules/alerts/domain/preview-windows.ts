/** Counts how often a rule with a time window would have opened an alert, out of figures by the quarter of an hour. */
import type { AlertRules } from '@im/contracts/api/alert-rules';
import { percentileOf } from '../../statistics/domain/duration-histogram.js';
import { conditionOf, type WindowFigures } from './evaluate-windows.js';

export const QUARTER_MS = 900_000;
const MINUTE_MS = 60_000;

/** Attempts of one webhook whose deliveries were created within a quarter; of all its events, or of one. */
export interface AttemptQuarter {
  webhookId: string;
  startMs: number;
  attempts: number;
  failures: number;
  bins: number[];
  binCounts: number[];
}

/** Before-callbacks of one webhook within a quarter. */
export interface QuestionQuarter {
  webhookId: string;
  startMs: number;
  questions: number;
  byPolicy: number;
}

/**
 * Adds up the events of each webhook and quarter. A webhook has as many rows of a quarter as events, and each row is in
 * up to eight windows: added up first, they cost the service little.
 */
export function addUpEvents(quarters: readonly AttemptQuarter[]): AttemptQuarter[] {
  const groups = Map.groupBy(quarters, ({ webhookId, startMs }) => `${webhookId} ${String(startMs)}`);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ? [first] : [];
    const all = [first, ...others];
    const attempts = sum(all.map((quarter) => quarter.attempts));
    const failures = sum(all.map((quarter) => quarter.failures));
    return [{ ...first, attempts, failures, ...merged(all) }];
  });
}

type Previewed = 'success_rate' | 'slow' | 'before_failing';

/** @param quarters one for each webhook and quarter, see {@link addUpEvents} */
export function previewAttempts(
  rule: 'success_rate' | 'slow',
  quarters: readonly AttemptQuarter[],
  rules: AlertRules,
): number {
  return countOpened(rule, quarters, rules, (window) => {
    const attempts = sum(window.map((quarter) => quarter.attempts));
    if (rule === 'success_rate') {
      return { successRate: { attempts, failures: sum(window.map(({ failures }) => failures)) } };
    }
    return { slow: { attempts, p95Ms: percentileOf(merged(window), 0.95) ?? 0 } };
  });
}

export function previewQuestions(quarters: readonly QuestionQuarter[], rules: AlertRules): number {
  return countOpened('before_failing', quarters, rules, (window) => ({
    before: {
      questions: sum(window.map(({ questions }) => questions)),
      byPolicy: sum(window.map(({ byPolicy }) => byPolicy)),
    },
  }));
}

function countOpened<Quarter extends { webhookId: string; startMs: number }>(
  rule: Previewed,
  quarters: readonly Quarter[],
  rules: AlertRules,
  figuresOf: (window: Quarter[]) => WindowFigures,
): number {
  const widthMs = Math.max(QUARTER_MS, rules[rule].windowMinutes * MINUTE_MS);
  const byWebhook = Map.groupBy(quarters, ({ webhookId }) => webhookId);
  return sum(
    [...byWebhook.values()].map((ofWebhook) => {
      const holdsAt = (endMs: number) => {
        const window = ofWebhook.filter(({ startMs }) => startMs >= endMs - widthMs && startMs < endMs);
        return conditionOf(rule, figuresOf(window), rules, new Date(endMs)) !== null;
      };
      return countRises(quarterEnds(ofWebhook), holdsAt);
    }),
  );
}

/** Ends of all quarters with figures and of the one after each, in which a condition may be gone. */
function quarterEnds(quarters: readonly { startMs: number }[]): number[] {
  const ends = new Set(quarters.flatMap(({ startMs }) => [startMs + QUARTER_MS, startMs + 2 * QUARTER_MS]));
  return [...ends].sort((a, b) => a - b);
}

/** An alert opens when the condition comes, and goes on for as long as it lasts. */
function countRises(instants: readonly number[], holdsAt: (at: number) => boolean): number {
  let isOpen = false;
  let opened = 0;
  for (const at of instants) {
    const holds = holdsAt(at);
    if (holds && !isOpen) opened += 1;
    isOpen = holds;
  }
  return opened;
}

function merged(quarters: readonly AttemptQuarter[]): { bins: number[]; binCounts: number[] } {
  const counts = new Map<number, number>();
  for (const { bins, binCounts } of quarters) {
    bins.forEach((bin, index) => counts.set(bin, (counts.get(bin) ?? 0) + (binCounts[index] ?? 0)));
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return { bins: sorted.map(([bin]) => bin), binCounts: sorted.map(([, count]) => count) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
