/** Runs cases by name: what each needs and how long it measures. */
import { CONSOLE_DIR } from '../browser/log-page.js';
import type { BenchOptions, CaseName } from '../options.js';
import type { CaseResult } from '../report/case-result.js';
import type { ServerRole } from '@im/testbed/server-process';
import type { NameBook } from '@im/testbed/dns-server';
import type { Services } from '@im/testbed/services';
import { runBacklog } from './backlog.js';
import { runBefore } from './before.js';
import { runDeep } from './deep.js';
import { runExport } from './export.js';
import { runIsolation } from './isolation.js';
import { runLatency } from './latency.js';
import type { Window } from './load-window.js';
import { runList } from './list.js';
import { receiverNames, runMany } from './many.js';
import { HEALTHY_NAME, runNames } from './names.js';
import { runOpenim } from './openim.js';
import { runOrdered } from './ordered.js';
import { runBatch, runFanout, runSingle } from './plain.js';
import { runRecover } from './recover.js';
import { Scene } from './scene.js';
import { runStart } from './start.js';
import { runTail } from './tail.js';
import { runWide } from './wide.js';
import { runWukongim } from './wukongim.js';

const QUICK_SECONDS = 5;
/** Each app has ten webhooks. */
const MANY = {
  quick: { apps: 20, eventsPerSecond: 300 },
  thorough: { apps: 1_000, eventsPerSecond: 2_000 },
};
const DEEP = {
  quick: { deliveries: 200_000, requests: 10 },
  thorough: { deliveries: 10_000_000, requests: 100 },
};
const WARM_UP_MS = { quick: 2_000, thorough: 5_000 };

export interface CaseOptions extends BenchOptions {
  onProgress: (text: string) => void;
}

interface Case {
  /** Of the measured window, unless the command line says otherwise. */
  seconds: number;
  run: (scene: Scene, window: Window, options: CaseOptions) => Promise<CaseResult>;
  /** Absent: as the command line says. */
  roles?: ServerRole[];
  /** The answers of the name servers; absent: receivers are named by address. */
  names?: NameBook;
  /** Settings of the service. */
  env?: Record<string, string>;
}

const CASES: Record<CaseName, Case> = {
  single: { seconds: 60, run: runSingle },
  batch: { seconds: 20, run: runBatch },
  fanout: { seconds: 20, run: runFanout },
  latency: { seconds: 20, run: runLatency },
  isolation: { seconds: 20, run: runIsolation },
  dns: {
    seconds: 20,
    run: runNames,
    // One name has an address; the others get no answer.
    names: (name) =>
      name === HEALTHY_NAME ? { kind: 'addresses', addresses: ['127.0.0.1'] } : { kind: 'silence' },
  },
  ordered: { seconds: 20, run: runOrdered, roles: ['api', 'worker', 'worker'] },
  backlog: {
    seconds: 10,
    run: (scene, window, { isQuick }) => runBacklog(scene, window, isQuick ? 10_000 : 100_000),
  },
  recover: {
    seconds: 20,
    run: (scene, window, { isQuick, onProgress }) =>
      runRecover(scene, window, { count: isQuick ? 5_000 : 50_000, onProgress }),
    roles: ['api', 'worker', 'worker'],
  },
  openim: { seconds: 20, run: runOpenim },
  wukongim: { seconds: 20, run: runWukongim },
  before: { seconds: 20, run: runBefore },
  list: {
    // It measures a number of requests, not a time.
    seconds: 0,
    run: (scene, _window, { isQuick, onProgress }) =>
      runList(scene, { deliveries: isQuick ? 200_000 : 10_000_000, onProgress }),
  },
  export: {
    seconds: 0,
    run: (scene, _window, { isQuick, onProgress }) =>
      runExport(scene, { deliveries: isQuick ? 50_000 : 1_000_000, onProgress }),
  },
  tail: {
    seconds: 60,
    run: (scene, window, { isQuick, onProgress }) =>
      runTail(scene, window, { deliveries: isQuick ? 20_000 : 1_000_000, onProgress }),
    env: { CONSOLE_DIR },
  },
  many: {
    seconds: 20,
    run: (scene, window, { isQuick, onProgress }) =>
      runMany(scene, window, { ...(isQuick ? MANY.quick : MANY.thorough), onProgress }),
    names: receiverNames,
  },
  deep: {
    seconds: 20,
    run: (scene, window, { isQuick, onProgress }) =>
      runDeep(scene, window, { ...(isQuick ? DEEP.quick : DEEP.thorough), onProgress }),
  },
  wide: { seconds: 20, run: runWide, roles: ['api', 'worker'] },
  start: {
    seconds: 10,
    run: (scene, window, { isQuick, onProgress }) =>
      runStart(scene, window, { pending: isQuick ? 20_000 : 1_000_000, onProgress }),
  },
};

export async function runCase(name: CaseName, services: Services, options: CaseOptions): Promise<CaseResult> {
  const { seconds: ownSeconds, run, roles = rolesOf(options), names, env } = CASES[name];
  const measuredMs = (options.seconds ?? (options.isQuick ? QUICK_SECONDS : ownSeconds)) * 1_000;
  const warmUpMs = options.isQuick ? Math.min(WARM_UP_MS.quick, measuredMs) : WARM_UP_MS.thorough;
  const scene = await Scene.open(services, {
    roles,
    hasIds: options.hasIds,
    names,
    env,
    nodeArguments: (role) => profileArguments(`${name}-${role}`, options),
  });
  try {
    return await run(scene, { warmUpMs, measuredMs }, options);
  } finally {
    await scene.close();
  }
}

function rolesOf({ topology }: BenchOptions): ServerRole[] {
  return topology === 'all' ? ['all'] : ['api', 'worker'];
}

/** The profile is written when the server ends in order; its name contains the case and the process. */
function profileArguments(name: string, { profileDirectory }: BenchOptions): string[] {
  if (profileDirectory === undefined) return [];
  return ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`, `--cpu-prof-name=${name}-\${pid}.cpuprofile`];
}
