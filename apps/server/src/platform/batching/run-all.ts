import { ConcurrencyLimiter } from '../limits/concurrency-limiter.js';

/** Runs works, at most `limit` at a time. @throws the first failure, once all have ended */
export function runAll(works: readonly (() => Promise<void>)[], limit: number): Promise<void> {
  return new ConcurrencyLimiter({ maxConcurrent: limit }).runAll(works);
}
