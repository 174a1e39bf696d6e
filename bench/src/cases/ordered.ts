/** Measures ordered deliveries while one event in ten fails at first; the receiver checks the order. */
import type { CaseResult } from '../report/case-result.js';
import type { Window } from './load-window.js';
import type { Scene } from './scene.js';
import { CONVERSATIONS, measureThroughput } from './throughput.js';

const MAX_ATTEMPTS = 5;
const RETRY_DELAY_MS = 200;
const FAILING_PERCENT = 10;

export async function runOrdered(scene: Scene, window: Window): Promise<CaseResult> {
  const { result } = await measureThroughput(
    scene,
    {
      name: 'ordered',
      batchSize: 1,
      webhooks: 1,
      inFlight: 100,
      maxBacklog: 3_000,
      wanted: '>= 1,500',
      channel: {
        behaviour: { kind: 'fail-first', percent: FAILING_PERCENT },
        order: { conversations: CONVERSATIONS, maxAttempts: MAX_ATTEMPTS },
      },
      webhook: {
        ordering: 'conversation',
        retryPolicy: { strategy: 'fixed', initialDelayMs: RETRY_DELAY_MS, maxAttempts: MAX_ATTEMPTS },
      },
    },
    window,
  );
  const inversions = result.integrity?.inversions ?? 0;
  const [deliveries, ...others] = result.figures;
  if (!deliveries) return result;
  return {
    ...result,
    figures: [deliveries, { name: 'inversions', value: inversions, unit: '', wanted: '0' }, ...others],
  };
}
