/** Converts milliseconds to seconds for Prometheus. A clock that was set back must not give a negative time. */
export function secondsOf(durationMs: number): number {
  return durationMs > 0 ? durationMs / 1_000 : 0;
}
