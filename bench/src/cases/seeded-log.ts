/** Sets up a service with the log of a busy app after a week. */
import { seedDeliveries } from '../tables/seed-deliveries.js';
import { deliverOne } from './deliver-one.js';
import type { Scene } from './scene.js';

const WEBHOOKS = 5;

export interface SeedOptions {
  deliveries: number;
  onProgress: (text: string) => void;
}

export interface SeededLog {
  webhookIds: string[];
  /** May read the log. */
  token: string;
  seededSeconds: number;
}

/** The service is stopped while the tables are filled, and started again afterwards. */
export async function openSeededLog(
  scene: Scene,
  { deliveries, onProgress }: SeedOptions,
): Promise<SeededLog> {
  await deliverOne(scene);
  const webhookIds = (await scene.webhooks()).map(({ webhookId }) => webhookId);
  for (let index = webhookIds.length; index < WEBHOOKS; index++) {
    webhookIds.push((await scene.createWebhook({ url: scene.receiver.urlOf(0) })).webhookId);
  }
  const token = await scene.api.createToken(scene.appKey, ['deliveries:read']);
  const { databaseUrl } = scene.deployment;
  const roles = scene.deployment.servers.map(({ role }) => role);
  await scene.deployment.stop();
  const startedAt = performance.now();
  let reported = 0;
  await seedDeliveries({
    databaseUrl,
    deliveries,
    webhookIds,
    onProgress: (share) => {
      if (share < reported + 0.1) return;
      reported = share;
      onProgress(`seeding: ${(share * 100).toFixed(0)} %`);
    },
  });
  const seededSeconds = (performance.now() - startedAt) / 1_000;
  for (const role of roles) await scene.deployment.add(role);
  return { webhookIds, token, seededSeconds };
}
