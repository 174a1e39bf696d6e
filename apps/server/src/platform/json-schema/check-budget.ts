/** Bounds the cost of checks against untrusted schemas: counted in steps, so that every machine refuses the same. */
import {
  LISTS_OF_SCHEMAS,
  MAPS_OF_SCHEMAS,
  SCHEMA_KEYWORDS,
} from '@im/contracts/json-schema/schema-keywords';

/** The limits of one check. */
export interface CheckLimits {
  /** Each subschema applied to a value is a step, or more when it compares much. Reasonable checks take thousands. */
  steps: number;
  /** Processor time, for steps that are slow themselves, such as on long texts; reasonable checks take microseconds. */
  ms: number;
  /** Characters of a text times instructions of its pattern. */
  match: number;
}

/** For a check in another process, which delays only its caller. */
export const FULL_CHECK: CheckLimits = { steps: 1_000_000, ms: 500, match: Infinity };
/** Of a check on the event loop. */
export const QUICK_CHECK: CheckLimits = { steps: 20_000, ms: 5, match: 200_000 };

/** A request may cost as much as this many of the most expensive checks. */
const HEAVIEST_TOGETHER = 5;
/** Steps between two reads of the clock; a single one may take a millisecond. */
const STEPS_PER_LOOK = 16;
/** Values of `enum` and `const` are compared faster than a subschema is applied. */
const COMPARED_PER_STEP = 8;

type Json = Record<string, unknown>;

export class CheckTooLong extends Error {}

/** The remaining budget of related checks. */
export interface BudgetLeft {
  steps: number;
  ms: number;
}

/** The full budget of related checks. */
export function fullBudget(): BudgetLeft {
  return { steps: FULL_CHECK.steps * HEAVIEST_TOGETHER, ms: FULL_CHECK.ms * HEAVIEST_TOGETHER };
}

/** Shared by related checks, one after the other. */
export class CheckBudget {
  constructor(
    private readonly limits: CheckLimits = FULL_CHECK,
    readonly left: BudgetLeft = fullBudget(),
  ) {}

  /** Whether earlier checks have used up what this one would have needed. */
  get isSpent(): boolean {
    return this.left.steps <= 0 || this.left.ms <= 0;
  }

  /** @throws CheckTooLong when the work takes too long */
  run<T>(work: () => T): T {
    if (this.isSpent) throw new CheckTooLong();
    const beganAt = cpuMs();
    const granted = Math.min(this.limits.steps, this.left.steps);
    stepsLeft = granted;
    giveUpAt = beganAt + Math.min(this.limits.ms, this.left.ms);
    longestMatch = this.limits.match;
    try {
      return work();
    } finally {
      this.left.steps -= granted - stepsLeft;
      this.left.ms -= cpuMs() - beganAt;
      stepsLeft = Infinity;
      giveUpAt = Infinity;
      longestMatch = Infinity;
    }
  }
}

/** Processor time of this thread: on a busy machine a check takes longer without costing more. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** The end of the running check, by {@link cpuMs}. Checks are synchronous, so there is at most one. */
let giveUpAt = Infinity;
let stepsLeft = Infinity;
let longestMatch = Infinity;
let untilLook = STEPS_PER_LOOK;

export function refuseToGoOn(): void {
  if (cpuMs() > giveUpAt) throw new CheckTooLong();
}

/** @param cost of one match, see {@link CheckLimits.match} */
export function refuseLongMatch(cost: number): void {
  if (cost > longestMatch) throw new CheckTooLong();
  refuseToGoOn();
}

/** @param weight of a subschema, as {@link withWeights} wrote it */
export function takeSteps(weight: string): void {
  stepsLeft -= Number(weight);
  if (stepsLeft < 0) throw new CheckTooLong();
  untilLook -= 1;
  if (untilLook > 0) return;
  untilLook = STEPS_PER_LOOK;
  refuseToGoOn();
}

/**
 * Writes the cost of each subschema into its `$comment`, which ajv evaluates before everything else of the subschema.
 */
export function withWeights(schema: Json): Json {
  let weight = 1;
  const weighted = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (SCHEMA_KEYWORDS.has(keyword)) return [keyword, weightedPart(value, keyword === 'contains')];
    if (LISTS_OF_SCHEMAS.has(keyword) && Array.isArray(value)) {
      weight += value.filter((each) => typeof each === 'boolean').length;
      return [keyword, value.map((each) => weightedPart(each))];
    }
    if (MAPS_OF_SCHEMAS.has(keyword) && isObject(value)) {
      const entries = Object.entries(value);
      if (keyword !== '$defs' && keyword !== 'definitions') weight += entries.length;
      return [keyword, Object.fromEntries(entries.map(([name, each]) => [name, weightedPart(each)]))];
    }
    if (keyword === 'required' || keyword === 'dependentRequired') weight += valuesIn(value);
    if (keyword === 'enum' || keyword === 'const') weight += Math.floor(valuesIn(value) / COMPARED_PER_STEP);
    return [keyword, value];
  });
  return { ...Object.fromEntries(weighted), $comment: String(weight) };
}

/** @param isRepeated whether ajv checks further items after a mismatch; a plain `false` would count no steps */
function weightedPart(schema: unknown, isRepeated = false): unknown {
  if (isObject(schema)) return withWeights(schema);
  return schema === false && isRepeated ? withWeights({ not: {} }) : schema;
}

function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((total, each) => total + valuesIn(each), 1);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
