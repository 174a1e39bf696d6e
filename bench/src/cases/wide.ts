/** Measures what a delivery costs with one, two and four workers beside one api process. */
import type { CaseResult, Figure } from '../report/case-result.js';
import { addIntegrities } from '../report/integrity.js';
import { serviceCpuOf } from '../report/service-cpu.js';
import type { Window } from './load-window.js';
import { SINGLE } from './plain.js';
import type { Scene } from './scene.js';
import { measureExisting, type ThroughputMeasure } from './throughput.js';

const WORKERS = [1, 2, 4] as const;
const MAX_RATIO = 1.15;

/** @param scene with one api and one worker; the others are added */
export async function runWide(scene: Scene, window: Window): Promise<CaseResult> {
  await scene.createWebhook({ url: scene.receiver.urlOf(0) });
  const measures: ThroughputMeasure[] = [];
  for (const workers of WORKERS) {
    while (workersOf(scene) < workers) await scene.deployment.add('worker');
    measures.push(await measureExisting(scene, SINGLE, window));
  }
  const costs = measures.map(({ result }) => serviceCpuOf(result.cpuSecondsPer1000));
  return {
    name: 'wide',
    figures: [
      {
        name: 'CPU of a delivery, 4 workers / 1',
        value: (costs.at(-1) ?? 0) / (costs[0] ?? 0),
        unit: '×',
        wanted: `<= ${String(MAX_RATIO)}`,
      },
      ...WORKERS.flatMap((workers, index) => figuresOf(workers, costs[index] ?? 0, measures[index])),
      { name: 'memory of one process at most', value: await scene.peakResidentMiB(), unit: 'MiB' },
    ],
    integrity: addIntegrities(measures.flatMap(({ result }) => result.integrity ?? [])),
    cpuSecondsPer1000: measures.at(-1)?.result.cpuSecondsPer1000 ?? {},
    notes: [
      'the CPU by process is that of 4 workers; of the service counts what api, workers, PostgreSQL and Redis use',
    ],
  };
}

function workersOf({ deployment }: Scene): number {
  return deployment.servers.filter(({ role, isRunning }) => role === 'worker' && isRunning).length;
}

function figuresOf(workers: number, cost: number, measure: ThroughputMeasure | undefined): Figure[] {
  const name = workers === 1 ? '1 worker' : `${String(workers)} workers`;
  return [
    { name: `CPU s for 1,000 deliveries, ${name}`, value: cost, unit: 's' },
    { name: `deliveries, ${name}`, value: measure?.deliveriesPerSecond ?? 0, unit: '/s', hasLimits: true },
  ];
}
