/**
 * The rate limit of a webhook, kept over all workers together: each asks Redis for a few requests at a time. While Redis
 * is away each worker keeps to the limit by itself, so that several together may pass it.
 */
import { Injectable } from '@nestjs/common';
import { KEY_PREFIX, RedisConnections } from '../../platform/queue/redis-connections.js';
import type { Lane } from './lanes/lane.js';

/** A worker fetches what it may send in so long, at least one request. */
const SLICE_MS = 50;
const MOST_WAIT_FOR_REDIS_MS = 300;

/**
 * A generic cell rate algorithm (virtual scheduling, ITU-T I.371) on Redis's clock: `tat` is the instant at which the
 * requests allowed so far are used up. Answers how many may go now, and in how many milliseconds the next one may.
 */
const ALLOW_SCRIPT = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + time[2] / 1000
  local gap = 1000 / tonumber(ARGV[1])
  local burst = tonumber(ARGV[3])
  local tat = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
  if tat > now + 60000 then tat = now end
  -- The hair's breadth is for instants of 13 digits, of which a double keeps too few behind the point.
  local allowed = math.min(tonumber(ARGV[2]), math.floor((now + burst - tat) / gap + 0.001))
  if allowed < 1 then return {0, math.ceil(tat + gap - now - burst)} end
  redis.call('SET', KEYS[1], tostring(tat + allowed * gap), 'PX', math.ceil(burst + 1000 + allowed * gap))
  return {allowed, 0}
`;

@Injectable()
export class LimitRateService {
  /** When a worker without Redis may send next, by webhook. */
  private readonly nextAt = new Map<string, number>();
  /** Answers that are on their way, by webhook. */
  private readonly asked = new Map<string, Promise<number>>();

  constructor(private readonly redis: RedisConnections) {}

  /**
   * Adds to the lane's allowance. All who ask for a lane at the same time share one answer.
   *
   * @returns milliseconds to wait before asking again; 0: some requests were allowed
   */
  allow(lane: Lane): Promise<number> {
    const { webhookId } = lane;
    const before = this.asked.get(webhookId);
    if (before) return before;
    const asked = this.addAllowance(lane).finally(() => this.asked.delete(webhookId));
    this.asked.set(webhookId, asked);
    return asked;
  }

  private async addAllowance(lane: Lane): Promise<number> {
    const { rateLimitPerSecond: rate } = lane.settings;
    const wanted = Math.max(1, Math.min(lane.waiting, Math.floor((rate * SLICE_MS) / 1000)));
    const [allowed, waitMs] = await this.ask(lane.webhookId, rate, wanted).catch(() =>
      this.allowAlone(lane.webhookId, rate),
    );
    lane.allowance += allowed;
    return allowed > 0 ? 0 : Math.max(1, waitMs);
  }

  private async ask(webhookId: string, rate: number, wanted: number): Promise<[number, number]> {
    // One request must fit into the burst, or none ever would.
    const burstMs = Math.max(SLICE_MS, 1000 / rate);
    const key = `${KEY_PREFIX}:rate:${webhookId}`;
    if (!this.redis.isReady) throw new Error('Redis is away');
    const asking = this.redis.commands.eval(ALLOW_SCRIPT, 1, key, rate, wanted, burstMs);
    const answer = await answerWithin(asking, MOST_WAIT_FOR_REDIS_MS);
    const [allowed, waitMs] = answer as [number, number];
    return [allowed, waitMs];
  }

  private allowAlone(webhookId: string, rate: number): [number, number] {
    const now = performance.now();
    const nextAt = this.nextAt.get(webhookId) ?? 0;
    if (nextAt > now) return [0, nextAt - now];
    this.nextAt.set(webhookId, now + 1000 / rate);
    return [1, 0];
  }
}

/** A Redis that hangs must not hold a lane. */
async function answerWithin<T>(asking: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('Redis does not answer'));
    }, limitMs);
  });
  try {
    return await Promise.race([asking, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
