import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lane } from '../lanes/lane.js';
import { PermitScheduler, type RequestInFlight } from './permit-scheduler.js';
import { Permits, type PermitUser } from './permits.js';

/** Half of them may be on trial, three eighths of one tenant. */
const LIMIT = 16;
const MAX_TRIALS_OF_TENANT = 6;

const ready = vi.fn();
let scheduler: PermitScheduler;

beforeEach(() => {
  vi.clearAllMocks();
  scheduler = new PermitScheduler({ WEBHOOK_CONCURRENCY: LIMIT });
  scheduler.onReady(ready);
});

interface FakeLane {
  queued: number;
  permitUser: PermitUser;
}

function lane(user: Partial<PermitUser> = {}): FakeLane & Lane {
  const own = {
    queued: 100,
    permitUser: { tenantId: 'tenant', isSlow: false, hasAnswered: false, inFlight: 0, ...user },
    requestBegins: () => (own.permitUser.inFlight += 1),
    requestEnded: () => (own.permitUser.inFlight -= 1),
    markSlow: () => undefined,
  };
  return own as unknown as FakeLane & Lane;
}

function lanes(count: number, user: Partial<PermitUser> = {}): (FakeLane & Lane)[] {
  return Array.from({ length: count }, () => lane(user));
}

/** Serves as the worker does, one request of each lane. @returns the requests that began */
function serve(isReplay = false): RequestInFlight[] {
  const begun: RequestInFlight[] = [];
  for (;;) {
    const next = scheduler.nextLane();
    if (!next) return begun;
    if (scheduler.hasPermit(next, isReplay)) begun.push(scheduler.begin(next, isReplay, begun.length));
    else scheduler.park(next, isReplay);
  }
}

describe('lanes without a permit', () => {
  it('wait until one is free, and get it in the order in which they came', () => {
    const waiting = lanes(20);
    for (const each of waiting) scheduler.lineUp(each);
    const begun = serve();
    expect(begun.map((request) => request.lane)).toEqual(waiting.slice(0, MAX_TRIALS_OF_TENANT));
    expect(scheduler.hasLane).toBe(true);
    for (const request of begun) (request.lane as unknown as FakeLane).queued = 0;
    begun.slice(0, 2).forEach((request) => {
      scheduler.end(request);
    });
    expect(serve().map((request) => request.lane)).toEqual(
      waiting.slice(MAX_TRIALS_OF_TENANT, MAX_TRIALS_OF_TENANT + 2),
    );
  });

  it('are not asked one by one while their tenant has none', () => {
    const waiting = lanes(1_000);
    for (const each of waiting) scheduler.lineUp(each);
    const [first] = serve();
    const asked = vi.spyOn(Permits.prototype, 'room');
    if (first) (first.lane as unknown as FakeLane).queued = 0;
    if (first) scheduler.end(first);
    expect(serve()).toHaveLength(1);
    expect(asked.mock.calls.length).toBeLessThan(10);
  });

  it('do not keep back those of another tenant', () => {
    for (const each of lanes(1_000)) scheduler.lineUp(each);
    const begun = serve();
    const ofOther = lane({ tenantId: 'other' });
    scheduler.lineUp(ofOther);
    expect(serve().map((request) => request.lane)).toEqual([ofOther]);
    expect(begun).toHaveLength(MAX_TRIALS_OF_TENANT);
  });

  it('are served once trials that hang have left their permits', () => {
    for (const each of lanes(20)) scheduler.lineUp(each);
    for (const request of serve()) (request.lane as unknown as FakeLane).queued = 0;
    ready.mockClear();
    scheduler.moveSlowOnes(10_000);
    expect(ready).toHaveBeenCalled();
    expect(serve()).toHaveLength(MAX_TRIALS_OF_TENANT);
  });

  it('wait for permits for replays apart from what comes in now', () => {
    const known = lanes(10, { hasAnswered: true });
    for (const each of known) scheduler.lineUp(each);
    const replays = serve(true);
    expect(replays).toHaveLength(LIMIT / 4);
    // Something comes in now.
    for (const each of known) scheduler.lineUp(each);
    expect(serve()).toHaveLength(10);
  });
});
