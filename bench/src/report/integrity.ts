/** Adds up what several measurements of a case lost and got twice, and says when a case has broken. */
import type { CaseResult, Integrity } from './case-result.js';

const NOTHING: Integrity = {
  expected: 0,
  lost: 0,
  duplicates: 0,
  duplicatesWithOtherId: 0,
  inversions: 0,
  refusals: {},
};

export function addIntegrities(parts: readonly Integrity[]): Integrity {
  return parts.reduce(
    (sum, part) => ({
      expected: sum.expected + part.expected,
      lost: sum.lost + part.lost,
      duplicates: sum.duplicates + part.duplicates,
      duplicatesWithOtherId: sum.duplicatesWithOtherId + part.duplicatesWithOtherId,
      inversions: sum.inversions + part.inversions,
      refusals: addCounts(sum.refusals, part.refusals),
    }),
    NOTHING,
  );
}

function addCounts(one: Record<string, number>, other: Record<string, number>): Record<string, number> {
  const sum = { ...one };
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

/** What must not happen, however slow the machine is; empty: the case is sound. */
export function faultsOf({ integrity }: CaseResult): string[] {
  if (!integrity) return [];
  const { expected, lost, duplicatesWithOtherId, inversions } = integrity;
  return [
    ...(expected === 0 ? ['no event was accepted'] : []),
    ...(lost > 0 ? [`${String(lost)} of ${String(expected)} deliveries were lost`] : []),
    ...(duplicatesWithOtherId > 0
      ? [`${String(duplicatesWithOtherId)} came again with another callbackId`]
      : []),
    ...(inversions > 0 ? [`${String(inversions)} came before their turn`] : []),
  ];
}
