/**
 * The rate limit of a webhook, kept over all workers together: each asks Redis for a few requests at a time. While Redis
 * is away each worker keeps to the limit by itself, so that several together may pass it.
 */
import { Injectable } from '@nestjs/common';
import { KEY_PREFIX, RedisConnections } from '../../platform/queue/redis-connections.js';

/** A worker fetches tokens for this time, at least one. */
const SLICE_MS = 50;
const MAX_WAIT_FOR_REDIS_MS = 300;

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
  -- The tiny addition is for instants of 13 digits, of which a double keeps too few behind the point.
  local allowed = math.min(tonumber(ARGV[2]), math.floor((now + burst - tat) / gap + 0.001))
  if allowed < 1 then return {0, math.ceil(tat + gap - now - burst)} end
  redis.call('SET', KEYS[1], tostring(tat + allowed * gap), 'PX', math.ceil(burst + 1000 + allowed * gap))
  return {allowed, 0}
`;

@Injectable()
export class LimitRateService {
  /** The next instant at which this worker may send without Redis, by webhook. */
  private readonly nextAt = new Map<string, number>();

  constructor(private readonly redis: RedisConnections) {}

  /**
   * @param rate requests a second
   * @param queued requests that wait for tokens
   * @returns how many requests may be sent now, and in how many milliseconds the next one may
   */
  async takeTokens(
    webhookId: string,
    rate: number,
    queued: number,
  ): Promise<[tokens: number, waitMs: number]> {
    const wanted = Math.max(1, Math.min(queued, Math.floor((rate * SLICE_MS) / 1000)));
    return this.ask(webhookId, rate, wanted).catch(() => this.takeAlone(webhookId, rate));
  }

  private async ask(webhookId: string, rate: number, wanted: number): Promise<[number, number]> {
    // The burst must hold at least one request.
    const burstMs = Math.max(SLICE_MS, 1000 / rate);
    const key = `${KEY_PREFIX}:rate:${webhookId}`;
    if (!this.redis.isReady) throw new Error('Redis is away');
    const asking = this.redis.commands.eval(ALLOW_SCRIPT, 1, key, rate, wanted, burstMs);
    const answer = await answerWithin(asking, MAX_WAIT_FOR_REDIS_MS);
    const [allowed, waitMs] = answer as [number, number];
    return [allowed, waitMs];
  }

  private takeAlone(webhookId: string, rate: number): [number, number] {
    const now = performance.now();
    const nextAt = this.nextAt.get(webhookId) ?? 0;
    if (nextAt > now) return [0, nextAt - now];
    this.nextAt.set(webhookId, now + 1000 / rate);
    return [1, 0];
  }
}

/** Bounds the wait for Redis, so that it cannot stop a webhook. */
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
