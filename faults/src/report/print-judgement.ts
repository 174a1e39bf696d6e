import type { Judgement, Verdict } from './judge.js';

const MAX_VIOLATIONS = 5;

/** Prints each promise on a line, then the history of the event for which one was broken. */
export function describeJudgement({ verdicts, summary, story }: Judgement): string {
  return [
    `    ${summary}`,
    ...verdicts.flatMap(describeVerdict),
    ...(story.length > 0 ? ['', 'the story of the first one:', ...story.map((line) => `    ${line}`)] : []),
  ].join('\n');
}

function describeVerdict({ promise, violations }: Verdict): string[] {
  if (violations.length === 0) return [`✓ ${promise}`];
  const shown = violations.slice(0, MAX_VIOLATIONS).map(({ text }) => `    ${text}`);
  const rest = violations.length - shown.length;
  return [
    `✗ ${promise} (${String(violations.length)} times not)`,
    ...shown,
    ...(rest > 0 ? [`    and ${String(rest)} more`] : []),
  ];
}
