/** Describes what one case measured. */

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** What it should be, in words. */
  wanted?: string;
  /** It is a rate of deliveries, to be compared with the limits. */
  hasLimits?: boolean;
  remark?: string;
}

export interface Integrity {
  /** Deliveries of acknowledged events. */
  expected: number;
  /** Of these, those that never came. */
  lost: number;
  duplicates: number;
  duplicatesWithOtherId: number;
  /** Events that came before their turn, where the order is watched. */
  inversions: number;
  /** Answers to the load generator other than 202. */
  refusals: Record<string, number>;
}

export interface CaseResult {
  name: string;
  figures: Figure[];
  /** Null: the case sends no events. */
  integrity: Integrity | null;
  /** CPU seconds by process, for each 1,000 deliveries. */
  cpuSecondsPer1000: Record<string, number>;
  notes: string[];
}
