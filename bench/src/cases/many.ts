/**
 * Measures the same events first with one webhook, then with ten thousand in a thousand apps, evenly and by a power law:
 * what does a delivery cost more, and how much later does it come?
 */
import type { NameBook } from '@im/testbed/dns-server';
import { SAMPLE_EVENTS } from '../load/sample-event.js';
import type { LoadSpread } from '../load/spread.js';
import type { CaseResult, Figure } from '../report/case-result.js';
import { addIntegrities } from '../report/integrity.js';
import { serviceCpuOf } from '../report/service-cpu.js';
import type { Window } from './load-window.js';
import { measurePaced, type PacedMeasure } from './measure-paced.js';
import type { Scene } from './scene.js';

const NAMES_END = '.receivers.example';
const CREATED_AT_ONCE = 10;
const REPORT_EVERY_APPS = 100;
const MAX_CPU_RATIO = 1.3;
const MAX_P99_RATIO = 3;
/** Only where an event has no name of its own. */
const EVENT = SAMPLE_EVENTS[0];

export interface ManyPlan {
  apps: number;
  eventsPerSecond: number;
  onProgress: (text: string) => void;
}

/** Every app has a receiver with a name of its own, all on this machine. */
export const receiverNames: NameBook = (name) =>
  name.endsWith(NAMES_END) ? { kind: 'addresses', addresses: ['127.0.0.1'] } : undefined;

export async function runMany(scene: Scene, window: Window, plan: ManyPlan): Promise<CaseResult> {
  await scene.useTokenForEveryApp();
  const measure = (appKeys: string[], distribution: LoadSpread['distribution']): Promise<PacedMeasure> => {
    const spread = { appKeys, events: SAMPLE_EVENTS, distribution };
    return measurePaced(scene, { event: EVENT, eventsPerSecond: plan.eventsPerSecond, spread }, window);
  };
  await scene.createWebhook({ url: receiverUrl(scene, 'single'), events: [...SAMPLE_EVENTS] });
  const single = await measure([scene.appKey], 'even');
  const startedAt = performance.now();
  const appKeys = await createApps(scene, plan);
  const seconds = (performance.now() - startedAt) / 1_000;
  plan.onProgress('  sending to all of them evenly');
  const even = await measure(appKeys, 'even');
  plan.onProgress('  sending to all of them by a power law');
  const powerLaw = await measure(appKeys, 'power-law');
  const webhooks = appKeys.length * SAMPLE_EVENTS.length;
  return {
    name: 'many',
    figures: [
      ...comparedFigures('evenly', even, single),
      ...comparedFigures('by a power law', powerLaw, single),
      ...plainFigures('1 webhook', single),
      { name: 'server memory at most', value: await scene.peakResidentMiB(), unit: 'MiB' },
    ],
    integrity: addIntegrities([single.integrity, even.integrity, powerLaw.integrity]),
    cpuSecondsPer1000: powerLaw.cpuSecondsPer1000,
    notes: [
      `${webhooks.toLocaleString('en')} webhooks in ${appKeys.length.toLocaleString('en')} apps, created in ${seconds.toFixed(0)} s; ${plan.eventsPerSecond.toLocaleString('en')} events/s asked for`,
      'the CPU by process is that of the power law',
    ],
  };
}

/** In each app as many webhooks as there are events; each wants another one, so that an event has one delivery. */
async function createApps(scene: Scene, { apps, onProgress }: ManyPlan): Promise<string[]> {
  const appKeys: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < apps) {
      const index = next++;
      const { appKey } = await scene.api.createApp(`app ${String(index)}`);
      for (const event of SAMPLE_EVENTS) {
        await scene.api.createWebhook(appKey, {
          url: receiverUrl(scene, `app-${String(index)}`),
          events: [event],
        });
      }
      appKeys.push(appKey);
      if (appKeys.length % REPORT_EVERY_APPS === 0)
        onProgress(`  ${String(appKeys.length)} of ${String(apps)} apps created`);
    }
  };
  await Promise.all(Array.from({ length: CREATED_AT_ONCE }, work));
  return appKeys;
}

function receiverUrl({ receiver }: Scene, name: string): string {
  const url = new URL(receiver.urlOf(0));
  url.hostname = `${name}${NAMES_END}`;
  return url.href;
}

function comparedFigures(how: string, many: PacedMeasure, single: PacedMeasure): Figure[] {
  return [
    {
      name: `CPU of a delivery, ${how} / 1 webhook`,
      value: serviceCpuOf(many.cpuSecondsPer1000) / serviceCpuOf(single.cpuSecondsPer1000),
      unit: '×',
      wanted: `<= ${String(MAX_CPU_RATIO)}`,
    },
    {
      name: `p99, ${how} / 1 webhook`,
      value: many.p99Ms / single.p99Ms,
      unit: '×',
      wanted: `<= ${String(MAX_P99_RATIO)}`,
    },
    ...plainFigures(how, many),
  ];
}

function plainFigures(how: string, measure: PacedMeasure): Figure[] {
  return [
    {
      name: `CPU s for 1,000 deliveries, ${how}`,
      value: serviceCpuOf(measure.cpuSecondsPer1000),
      unit: 's',
    },
    { name: `p50, ${how}`, value: measure.p50Ms, unit: 'ms' },
    {
      name: `p99, ${how}`,
      value: measure.p99Ms,
      unit: 'ms',
      remark: `requests left late by ${measure.lateByP99Ms.toFixed(1)} ms (p99); slowest ${measure.slowestMs.toFixed(0)} ms`,
    },
    { name: `deliveries, ${how}`, value: measure.deliveriesPerSecond, unit: '/s' },
  ];
}
