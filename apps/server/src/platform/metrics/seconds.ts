/** Prometheus counts in seconds, the code in milliseconds. A clock that was set back must not make a negative time. */
export function secondsOf(durationMs: number): number {
  return durationMs > 0 ? durationMs / 1_000 : 0;
}
