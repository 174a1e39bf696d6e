/** Reads the command line of `pnpm bench`. */
import { parseArgs } from 'node:util';

export const CASE_NAMES = [
  'single',
  'batch',
  'fanout',
  'latency',
  'isolation',
  'dns',
  'ordered',
  'backlog',
  'recover',
  'openim',
  'wukongim',
  'before',
  'list',
  'export',
  'tail',
  'many',
  'deep',
  'wide',
  'start',
] as const;
export type CaseName = (typeof CASE_NAMES)[number];

/** Cheap ones that together touch every part: both kinds of load, api and workers apart, order, names, seeded tables. */
const SMOKE_CASES: readonly CaseName[] = ['ordered', 'many', 'start'];
const SMOKE_SECONDS = 1;

export type Topology = 'all' | 'split';

export interface BenchOptions {
  cases: readonly CaseName[];
  /** Length of a measured window; absent: each case's own. */
  seconds?: number;
  topology: Topology;
  isQuick: boolean;
  /** Whether events carry an id, as careful senders' do. */
  hasIds: boolean;
  /** Whether logs and data stay when it is over. */
  isKept: boolean;
  /** Whether the machine's limits are measured first. */
  hasLimits: boolean;
  jsonFile?: string;
  /** Where the server's CPU profiles go. */
  profileDirectory?: string;
}

export const USAGE = `pnpm bench [options]

  --only <case,case>      of ${CASE_NAMES.join(', ')}
  --seconds <n>           length of each measured window
  --topology all|split    one process with everything, or one api and one worker
  --quick                 windows of 5 s and small data
  --smoke                 ${SMOKE_CASES.join(', ')} in less than a minute, to see that they run
  --ids                   give every event an id, as a careful sender does
  --no-limits             do not measure the machine's limits first
  --json <file>           write every figure there too
  --profile <directory>   have the server write CPU profiles there
  --keep                  leave logs and data in their temporary directory
`;

/** @throws Error with one line saying what is wrong */
export function readOptions(args: string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      only: { type: 'string' },
      seconds: { type: 'string' },
      topology: { type: 'string', default: 'all' },
      quick: { type: 'boolean', default: false },
      smoke: { type: 'boolean', default: false },
      'no-limits': { type: 'boolean', default: false },
      ids: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      json: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.topology !== 'all' && values.topology !== 'split') throw new Error('--topology is all or split');
  const ownSeconds = values.smoke ? SMOKE_SECONDS : undefined;
  const seconds = values.seconds === undefined ? ownSeconds : Number(values.seconds);
  if (seconds !== undefined && !(seconds > 0)) throw new Error('--seconds is a number above 0');
  return {
    cases: values.only === undefined ? (values.smoke ? SMOKE_CASES : CASE_NAMES) : readCases(values.only),
    topology: values.topology,
    isQuick: values.quick || values.smoke,
    hasIds: values.ids,
    isKept: values.keep,
    hasLimits: !values['no-limits'] && !values.smoke,
    ...(seconds !== undefined && { seconds }),
    ...(values.json !== undefined && { jsonFile: values.json }),
    ...(values.profile !== undefined && { profileDirectory: values.profile }),
  };
}

function readCases(list: string): CaseName[] {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !CASE_NAMES.some((known) => known === name));
  if (unknown.length > 0)
    throw new Error(`--only knows no ${unknown.join(', ')}; there are ${CASE_NAMES.join(', ')}`);
  return CASE_NAMES.filter((name) => names.includes(name));
}
