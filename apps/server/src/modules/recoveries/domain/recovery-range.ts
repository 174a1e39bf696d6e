/** What a recovery covers: only what exists when it is asked for, so that it never replays its own deliveries. */
export interface RecoveryRange {
  fromAt: Date;
  toAt: Date;
}

export function recoveryRange({ from, to }: { from: string; to: string }, nowMs: number): RecoveryRange {
  return {
    fromAt: new Date(Math.min(Date.parse(from), nowMs)),
    toAt: new Date(Math.min(Date.parse(to), nowMs)),
  };
}
