/** Defines how a WuKongIM is simulated, in both versions. */
import type { SimulatorOptions } from '../simulator.js';

export interface WukongimOptions extends SimulatorOptions {
  /** Members of a group, the sender included; none of them is online. Default: 4. */
  groupMembers?: number;
  /** Other times than the server's own, for tests that would otherwise wait. */
  rhythm?: Partial<WukongimRhythm>;
}

export interface WukongimRhythm {
  /** A message that is alone waits as long for others. */
  notifyEveryMs: number;
  statusEveryMs: number;
  /** v2 only: v3 tries again at once. */
  retryAfterMs: number;
}

export const OWN_RHYTHM: WukongimRhythm = { notifyEveryMs: 500, statusEveryMs: 2_000, retryAfterMs: 1_000 };
export const GROUP_MEMBERS = 4;
/** The number of messages after which a user comes online or leaves. */
export const STATUS_EVERY = 10;
