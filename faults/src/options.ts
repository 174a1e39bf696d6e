/** Reads the command line of `pnpm test:faults`. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Topology } from './plan/fault.js';

const MAX_SEED = 2 ** 32 - 1;
const MAX_ROUND_MS = 120_000;
const SHORT_ROUNDS = [
  { topology: 'split', durationMs: 14_000 },
  { topology: 'all', durationMs: 8_000 },
] as const;
const DEFAULT_MINUTES = 10;

export interface PlannedRound {
  seed: number;
  topology: Topology;
  durationMs: number;
}

export interface FaultOptions {
  seed: number;
  rounds: PlannedRound[];
  eventsPerSecond: number;
  /** Whether logs and data stay when it is over. */
  isKept: boolean;
  /** Where the counts of kept and broken promises go, as JSON. */
  reportFile?: string;
}

export const USAGE = `pnpm test:faults [options]

  --minutes <n>           how long things go wrong, in rounds of two minutes at most; default ${String(DEFAULT_MINUTES)}
  --seed <n>              of the plan; default: a random one, which is printed
  --topology split|all    two api and two worker processes, or two with everything; default: alternating
  --rate <n>              events a second; default 250
  --short                 a round of seconds of either topology, as npm test runs it
  --report <file>         write how many promises were kept and broken there, as JSON
  --keep                  leave logs and data in their temporary directory
`;

/** @throws Error with one line saying what is wrong */
export function readOptions(args: string[]): FaultOptions | 'help' {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      minutes: { type: 'string', default: String(DEFAULT_MINUTES) },
      seed: { type: 'string' },
      topology: { type: 'string' },
      rate: { type: 'string', default: '250' },
      short: { type: 'boolean', default: false },
      report: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const seed = values.seed === undefined ? randomInt(MAX_SEED) : Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) throw new Error('--seed is a whole number');
  const { topology } = values;
  if (topology !== undefined && topology !== 'split' && topology !== 'all')
    throw new Error('--topology is split or all');
  const minutes = positive('--minutes', values.minutes);
  return {
    seed,
    rounds: values.short ? shortRounds(seed) : longRounds(seed, minutes * 60_000, topology),
    eventsPerSecond: positive('--rate', values.rate),
    isKept: values.keep,
    ...(values.report !== undefined && { reportFile: values.report }),
  };
}

function shortRounds(seed: number): PlannedRound[] {
  return SHORT_ROUNDS.map((round, index) => ({ ...round, seed: seedOf(seed, index) }));
}

/** Rounds of the same length, each with the seed after the one before. */
function longRounds(seed: number, totalMs: number, topology: Topology | undefined): PlannedRound[] {
  const count = Math.ceil(totalMs / MAX_ROUND_MS);
  return Array.from({ length: count }, (_, index) => ({
    seed: seedOf(seed, index),
    topology: topology ?? (index % 2 === 0 ? 'split' : 'all'),
    durationMs: Math.round(totalMs / count),
  }));
}

function seedOf(seed: number, index: number): number {
  return (seed + index) % (MAX_SEED + 1);
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`${name} is a number above 0`);
  return number;
}
