/** The cases by name. */
import type { BenchOptions, CaseName } from '../options.js';
import type { CaseResult } from '../report/case-result.js';
import type { ServerRole } from '../testbed/server-process.js';
import type { Services } from '../testbed/services.js';
import { Scene } from './scene.js';
import { measureThroughput, type ThroughputCase, type Window } from './throughput.js';

const QUICK_SECONDS = 5;

type Run = (scene: Scene, window: Window) => Promise<CaseResult>;

interface Case {
  /** Of the measured window, unless the command line says otherwise. */
  seconds: number;
  run: Run;
}

const throughput =
  (plan: ThroughputCase): Run =>
  (scene, window) =>
    measureThroughput(scene, plan, window);

const CASES: Record<CaseName, Case> = {
  single: {
    seconds: 60,
    run: throughput({
      name: 'single',
      batchSize: 1,
      webhooks: 1,
      inFlight: 96,
      maxBacklog: 1_000,
      wanted: '>= 3,000',
    }),
  },
  batch: {
    seconds: 20,
    run: throughput({
      name: 'batch',
      batchSize: 100,
      webhooks: 1,
      inFlight: 8,
      maxBacklog: 3_000,
      wanted: '>= 5,000',
    }),
  },
};

export async function runCase(
  name: CaseName,
  services: Services,
  options: BenchOptions,
): Promise<CaseResult> {
  const { seconds: ownSeconds, run } = CASES[name];
  const measuredMs = (options.seconds ?? (options.isQuick ? QUICK_SECONDS : ownSeconds)) * 1_000;
  const roles: ServerRole[] = options.topology === 'all' ? ['all'] : ['api', 'worker'];
  const scene = await Scene.open(services, { roles, nodeArguments: profileArguments(name, options) });
  try {
    return await run(scene, { warmUpMs: options.isQuick ? 2_000 : 5_000, measuredMs });
  } finally {
    await scene.close();
  }
}

/** The profile is written when the server ends in order; its name tells the case and the process. */
function profileArguments(name: CaseName, { profileDirectory }: BenchOptions): string[] {
  if (profileDirectory === undefined) return [];
  return ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`, `--cpu-prof-name=${name}-\${pid}.cpuprofile`];
}
