/** Lays an attempt's phases out as bars, one after the other, filling the width. */
import type { Attempt } from '@im/contracts/api/deliveries';

export const PHASE_NAMES = ['dns', 'connect', 'tls', 'firstByte', 'rest'] as const;
export type PhaseName = (typeof PHASE_NAMES)[number];

export interface PhaseBar {
  phase: PhaseName;
  durationMs: number;
  /** 0..100, of the attempt's whole time. */
  widthPercent: number;
}

/** Below this the rest is the rounding of the other phases. */
const SMALLEST_REST_MS = 0.1;

/** Phases that happened, and the rest: reading the body, waiting for a free connection, or for the deadline. */
export function phaseBarsOf({ phases, durationMs }: Pick<Attempt, 'phases' | 'durationMs'>): PhaseBar[] {
  const measured: [PhaseName, number | null][] = [
    ['dns', phases.dnsMs],
    ['connect', phases.connectMs],
    ['tls', phases.tlsMs],
    ['firstByte', phases.firstByteMs],
  ];
  const happened = measured.flatMap(([phase, ms]) => (ms === null ? [] : [{ phase, durationMs: ms }]));
  const sumMs = happened.reduce((sum, bar) => sum + bar.durationMs, 0);
  const restMs = durationMs - sumMs;
  if (restMs >= SMALLEST_REST_MS) happened.push({ phase: 'rest', durationMs: restMs });
  const totalMs = Math.max(durationMs, sumMs);
  return happened.map((bar) => ({
    ...bar,
    widthPercent: totalMs > 0 ? (bar.durationMs / totalMs) * 100 : 100 / happened.length,
  }));
}
