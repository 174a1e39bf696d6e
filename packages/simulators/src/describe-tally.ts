/** Says in lines what became of a simulated server's requests. */
import type { Verdict } from './simulator.js';
import type { TallyReport } from './tally.js';

export function describeTally(name: string, report: TallyReport): string {
  const { sent, answered, retried, dropped, p50Ms, p99Ms, slowestMs, refusals } = report;
  const others = Object.entries(refusals).map(([what, count]) => `${what} × ${String(count)}`);
  return [
    `${name}: ${String(sent)} sent, ${String(answered)} answered, ${String(retried)} retried, ${String(dropped)} dropped`,
    `  answers p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, slowest ${slowestMs.toFixed(1)} ms`,
    ...(others.length > 0 ? [`  other answers: ${others.join(', ')}`] : []),
  ].join('\n');
}

export function describeVerdict({ command, outcome, code, message, tookMs }: Verdict): string {
  const reason = outcome === 'allowed' ? '' : ` (${String(code)} ${message.slice(0, 200)})`;
  return `${command}: ${outcome}${reason} after ${tookMs.toFixed(1)} ms`;
}
