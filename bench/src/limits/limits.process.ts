/** Measures one limit at a time, in a separate process. */
import { randomUUID } from 'node:crypto';
import Queue from 'bull';
import pg from 'pg';
import { LeanPoster } from '../load/lean-poster.js';
import { sampleEvent } from '../load/sample-event.js';
import { serveCommands } from '@im/testbed/peer-channel';
import { createRowWriter } from '../tables/delivery-tables.js';
import type { LimitCommands } from './limit-commands.js';
import { rateOf } from './rate-of.js';

const HTTP_CONNECTIONS = 64;
const DATABASE_CONNECTIONS = 4;
const ROWS_IN_A_COMMIT = 100;
const JOBS_AT_ONCE = 200;

async function postCallbacks({ url, seconds }: { url: string; seconds: number }): Promise<number> {
  const { origin, pathname: path } = new URL(url);
  const event = JSON.parse(sampleEvent('message.sent', 0, 1, false)) as { data: unknown };
  const id = randomUUID();
  const envelope = {
    callbackId: id,
    event: 'message.sent',
    appKey: `ak_${id.slice(0, 16)}`,
    webhookId: id,
    deliveryId: id,
  };
  const body = JSON.stringify({ ...envelope, timestamp: new Date().toISOString(), data: event.data });
  const headers = { 'x-app-callback-id': id, 'x-app-attempt': '1' };
  const poster = new LeanPoster({ origin, path, headers, connections: HTTP_CONNECTIONS });
  const rate = await rateOf(HTTP_CONNECTIONS, seconds, async () => {
    const { status, text } = await poster.post(body);
    if (status !== 200) throw new Error(`the receiver answers ${String(status)} ${text}`);
    return 1;
  });
  await poster.close();
  return rate;
}

async function insertRows({
  databaseUrl,
  seconds,
}: {
  databaseUrl: string;
  seconds: number;
}): Promise<number> {
  const clients = Array.from(
    { length: DATABASE_CONNECTIONS },
    () => new pg.Client({ connectionString: databaseUrl }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  const [first] = clients;
  if (!first) return 0;
  const writer = await createRowWriter(first);
  const rate = await rateOf(DATABASE_CONNECTIONS, seconds, async (loop) => {
    await writer.write(clients[loop] ?? first, ROWS_IN_A_COMMIT);
    return ROWS_IN_A_COMMIT;
  });
  await Promise.all(clients.map((client) => client.end()));
  return rate;
}

async function runJobs({ redisUrl, seconds }: { redisUrl: string; seconds: number }): Promise<number> {
  const queue = new Queue<{ deliveryId: string; attempt: number }>('limit', redisUrl, { prefix: 'limit' });
  const waiting = new Map<string, () => void>();
  // Ends with the queue; a fault would show as loops that never end their round.
  void queue.process(JOBS_AT_ONCE, (job) => {
    waiting.get(job.data.deliveryId)?.();
    waiting.delete(job.data.deliveryId);
    return Promise.resolve();
  });
  await queue.isReady();
  const rate = await rateOf(JOBS_AT_ONCE, seconds, async () => {
    const deliveryId = randomUUID();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    waiting.set(deliveryId, () => resolve(undefined));
    const options = { jobId: `${deliveryId}_1`, removeOnComplete: true, removeOnFail: true };
    await queue.add({ deliveryId, attempt: 1 }, options);
    await promise;
    return 1;
  });
  await queue.close();
  return rate;
}

serveCommands<LimitCommands>({ postCallbacks, insertRows, runJobs });
