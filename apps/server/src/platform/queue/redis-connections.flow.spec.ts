/** Runs the queue on Redis behind TLS, and as a cluster. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLocalRedisCluster } from '@im/local-services/local-redis-cluster';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { makeCertificate } from '../../testing/certificates.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { startTestService } from '../../testing/test-service.js';
import { startTlsFront } from '../../testing/tls-front.js';

const cleanups: (() => Promise<unknown>)[] = [];
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'im-callback-redis-'));
  cleanups.push(() => rm(directory, { recursive: true }));
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A delivery that went through the queue: the first attempt failed and the next one waited there. */
async function expectDeliveryThrough(redis: Record<string, string>): Promise<void> {
  const service = await startTestService(redis);
  cleanups.push(service.stop);
  const app = await service.addApp();
  const receiver = await CallbackReceiver.start(app.appSecret);
  cleanups.push(() => receiver.stop());
  receiver.answerBy((response, _callback, count) => {
    response.statusCode = count === 1 ? 500 : 200;
    response.end();
  });
  await app.addWebhook(receiver.url);
  expect(await (await fetch(`${service.url}/readyz`)).json()).toMatchObject({ queue: 'ok' });
  expect(await app.deliver()).toMatchObject({ status: 'success', attempts: 2 });
}

it('delivers through a Redis Cluster', async () => {
  const cluster = await startLocalRedisCluster(path.join(directory, 'cluster'));
  cleanups.push(cluster.stop);
  await expectDeliveryThrough({ REDIS_URL: cluster.redisUrl, REDIS_CLUSTER: 'true' });
});

it('delivers through a Redis behind TLS whose authority is the operator’s own', async () => {
  const authority = makeCertificate({ commonName: 'Redis Authority', isAuthority: true });
  const certificate = makeCertificate({ commonName: 'redis', dnsName: 'localhost', issuer: authority });
  const url = new URL(inject('redisUrl'));
  const front = await startTlsFront({ port: Number(url.port), certificate, protocol: 'redis' });
  cleanups.push(front.stop);
  const caFile = path.join(directory, 'authority.pem');
  await writeFile(caFile, authority.cert);
  await expectDeliveryThrough({
    REDIS_URL: `rediss://:${url.password}@localhost:${front.port}/0`,
    REDIS_TLS_CA_FILE: caFile,
  });
  expect(front.secured()).toBeGreaterThan(0);
});

it('accepts events and says that the queue is away when the certificate of Redis is not trusted', async () => {
  const authority = makeCertificate({ commonName: 'Unknown Authority', isAuthority: true });
  const certificate = makeCertificate({ commonName: 'redis', dnsName: 'localhost', issuer: authority });
  const url = new URL(inject('redisUrl'));
  const front = await startTlsFront({ port: Number(url.port), certificate, protocol: 'redis' });
  cleanups.push(front.stop);
  const service = await startTestService({
    REDIS_URL: `rediss://:${url.password}@localhost:${front.port}/0`,
  });
  cleanups.push(service.stop);
  const app = await service.addApp();
  await app.addWebhook('http://127.0.0.1:9/');
  expect(await app.post()).toMatchObject({ deliveries: 1, duplicate: false });
  expect(await (await fetch(`${service.url}/readyz`)).json()).toMatchObject({ queue: 'unavailable' });
});
