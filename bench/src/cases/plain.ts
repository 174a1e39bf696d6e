/** Defines the plain cases, in which everything is healthy. */
import type { CaseResult } from '../report/case-result.js';
import type { Window } from './load-window.js';
import type { Scene } from './scene.js';
import { measureThroughput, type ThroughputPlan } from './throughput.js';

export const SINGLE: ThroughputPlan = {
  name: 'single',
  batchSize: 1,
  webhooks: 1,
  inFlight: 96,
  maxBacklog: 1_000,
  wanted: '>= 3,000',
};

export const BATCH: ThroughputPlan = {
  name: 'batch',
  batchSize: 100,
  webhooks: 1,
  inFlight: 8,
  maxBacklog: 3_000,
  wanted: '>= 5,000',
};

const FANOUT: ThroughputPlan = {
  name: 'fanout',
  batchSize: 1,
  webhooks: 10,
  inFlight: 64,
  maxBacklog: 3_000,
  wanted: '>= 5,000',
};

const running =
  (plan: ThroughputPlan) =>
  async (scene: Scene, window: Window): Promise<CaseResult> =>
    (await measureThroughput(scene, plan, window)).result;

/** One event in a request. */
export const runSingle = running(SINGLE);
/** A hundred events in a request. */
export const runBatch = running(BATCH);
/** Each event goes to ten webhooks. */
export const runFanout = running(FANOUT);
