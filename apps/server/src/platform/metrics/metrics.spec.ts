import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Metrics } from './metrics.js';

/** The lines of a scrape about one metric. */
async function seriesOf(metrics: Metrics, name: string): Promise<string[]> {
  const text = await metrics.render();
  return text.split('\n').filter((line) => line.startsWith(name));
}

const RECORDINGS: [what: string, record: (metrics: Metrics) => void, line: string][] = [
  ['accepted events', ({ events }) => events.accepted(3), 'im_callback_events_total{result="accepted"} 3'],
  ['duplicates', ({ events }) => events.duplicate(2), 'im_callback_events_total{result="duplicate"} 2'],
  ['rejected events', ({ events }) => events.rejected(1), 'im_callback_events_total{result="rejected"} 1'],
  [
    'a success',
    ({ deliveries }) => deliveries.attempted('success', null, 12),
    'im_callback_attempts_total{outcome="success",error_class="none"} 1',
  ],
  [
    'a failure that is tried again',
    ({ deliveries }) => deliveries.attempted('retry', 'dns', 12),
    'im_callback_attempts_total{outcome="retry",error_class="dns"} 1',
  ],
  [
    'a failure that is given up',
    ({ deliveries }) => deliveries.attempted('failed', 'gone', 12),
    'im_callback_attempts_total{outcome="failed",error_class="gone"} 1',
  ],
  [
    'how long an attempt took, in seconds',
    ({ deliveries }) => deliveries.attempted('retry', 'response_timeout', 1_500),
    'im_callback_attempt_duration_seconds_sum{outcome="retry"} 1.5',
  ],
  [
    'the latency of a first attempt in its bucket',
    ({ deliveries }) => deliveries.firstAttemptEnded(6),
    'im_callback_delivery_latency_seconds_bucket{le="0.008"} 1',
  ],
  [
    'a latency measured across two clocks as nothing less than 0',
    ({ deliveries }) => deliveries.firstAttemptEnded(-40),
    'im_callback_delivery_latency_seconds_sum 0',
  ],
  [
    'claims',
    ({ deliveries }) => deliveries.claimed('sweep', 7),
    'im_callback_deliveries_claimed_total{source="sweep"} 7',
  ],
  ['leases', ({ deliveries }) => deliveries.leasesRenewed(4), 'im_callback_leases_renewed_total 4'],
  ['sweeps', ({ deliveries }) => deliveries.swept(), 'im_callback_sweeps_total 1'],
  [
    'what this worker has in flight',
    ({ deliveries }) => deliveries.watchLoad(() => ({ inFlight: 5, buffered: 9, lanes: 2 })),
    'im_callback_deliveries_in_flight 5',
  ],
  [
    'the duration of a commit',
    ({ commits }) => commits.committed('ingest', 4, 30),
    'im_callback_commit_duration_seconds_bucket{le="0.005",kind="ingest"} 1',
  ],
  [
    'how many shared a commit',
    ({ commits }) => commits.committed('outcomes', 4, 30),
    'im_callback_commit_batch_size_sum{kind="outcomes"} 30',
  ],
  [
    'a request by route and status',
    ({ http }) => http.answered('GET', '/api/v1/apps/:appKey', 404, 2),
    'im_callback_http_request_duration_seconds_count{method="GET",route="/api/v1/apps/:appKey",status="404"} 1',
  ],
  [
    'jobs in a queue',
    (metrics) => metrics.watchQueue('alerts', () => Promise.resolve({ waiting: 1, active: 2, delayed: 3 })),
    'im_callback_queue_depth{queue="alerts",state="delayed"} 3',
  ],
  [
    'a dependency that answers',
    (metrics) => metrics.watchDependency('redis', () => Promise.resolve(true)),
    'im_callback_dependency_up{dependency="redis"} 1',
  ],
  [
    'a dependency that does not',
    (metrics) => metrics.watchDependency('postgresql', () => Promise.reject(new Error('away'))),
    'im_callback_dependency_up{dependency="postgresql"} 0',
  ],
];

describe('a scrape', () => {
  it.each(RECORDINGS)('shows %s', async (_what, record, line) => {
    const metrics = new Metrics('all');
    record(metrics);
    expect((await metrics.render()).split('\n')).toContain(line);
  });

  it('shows from the start, as 0, what has not failed yet', async () => {
    const attempts = await seriesOf(new Metrics('all'), 'im_callback_attempts_total');
    expect(attempts).toContain('im_callback_attempts_total{outcome="retry",error_class="connect_refused"} 0');
  });

  it('names the role and shows the process itself', async () => {
    const text = await new Metrics('worker').render();
    expect(text).toContain('im_callback_process_info{role="worker"} 1');
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  });

  it('leaves out what cannot be read instead of showing what was', async () => {
    const metrics = new Metrics('all');
    let isAway = false;
    metrics.watchQueue('alerts', () =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve({ waiting: 1, active: 0, delayed: 0 }),
    );
    expect(await seriesOf(metrics, 'im_callback_queue_depth')).toHaveLength(3);
    isAway = true;
    expect(await seriesOf(metrics, 'im_callback_queue_depth')).toEqual([]);
  });

  it('does not wait for a dependency that never answers', async () => {
    const metrics = new Metrics('all');
    metrics.watchDependency('postgresql', () => new Promise(() => undefined));
    expect(await metrics.render()).toContain('im_callback_dependency_up{dependency="postgresql"} 0');
  });
});

describe('the state of the service', () => {
  const state = {
    pendingDeliveries: 4,
    oldestPendingMs: 90_000,
    oldestOverdueMs: 1_500,
    webhooks: { healthy: 2, disabled: 1 },
  };

  it('shows in seconds and by health', async () => {
    const metrics = new Metrics('all');
    metrics.state.show(state);
    const text = await metrics.render();
    expect(text).toContain('im_callback_pending_deliveries 4');
    expect(text).toContain('im_callback_oldest_pending_age_seconds 90');
    expect(text).toContain('im_callback_oldest_overdue_seconds 1.5');
    expect(text).toContain('im_callback_webhooks{health="disabled"} 1');
  });

  it.each([
    ['before the first reading', (_: Metrics) => undefined],
    [
      'once it cannot be read any more',
      (metrics: Metrics) => {
        metrics.state.show(state);
        metrics.state.show(null);
      },
    ],
  ])('shows nothing %s', async (_when, prepare) => {
    const metrics = new Metrics('all');
    prepare(metrics);
    for (const name of ['pending_deliveries', 'oldest_pending', 'oldest_overdue', 'webhooks']) {
      expect(await seriesOf(metrics, `im_callback_${name}`)).toEqual([]);
    }
  });
});

it('has every metric explained in the operations guide', async () => {
  const guide = await readFile(
    path.resolve(import.meta.dirname, '../../../../../docs/operations.md'),
    'utf8',
  );
  const metrics = new Metrics('all');
  metrics.deliveries.watchLoad(() => ({ inFlight: 0, buffered: 0, lanes: 0 }));
  const types = await seriesOf(metrics, '# TYPE im_callback_');
  const names = types.map((line) => line.split(' ')[2] ?? line);
  expect(names.filter((name) => !guide.includes(`\`${name}`))).toEqual([]);
  expect(names.length).toBeGreaterThan(15);
});
