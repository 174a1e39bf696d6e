/** Defines the two success rates that are shown wherever deliveries are counted. */
import { z } from 'zod';

const rate = z.number().min(0).max(1).nullable();

export const successRates = {
  /** Share of attempts that the receiver answered with 2xx; null: there was none. Test sends and split batches are none. */
  attemptSuccessRate: rate,
  /**
   * Share that arrived of the deliveries that should have: of kind `event`, older than a minute (by five seconds at most),
   * without canceled and skipped ones; what still waits has not arrived. null: there are none.
   */
  deliveredRate: rate,
  /** `deliveredRate` by its old name. */
  successRate: rate.meta({ deprecated: true }),
};

export type SuccessRates = Record<keyof typeof successRates, z.output<typeof rate>>;
