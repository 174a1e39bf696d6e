/** Sets up a service with the log of a busy app after a week. */
import { ApiClient } from '@im/testbed/api-client';
import { seedDeliveries } from '../tables/seed-deliveries.js';
import { deliverOne } from './deliver-one.js';
import type { Scene } from './scene.js';

const WEBHOOKS = 5;

export interface SeedOptions {
  deliveries: number;
  /** Writes further rows while the service is stopped. */
  seedMore?: (databaseUrl: string, webhookIds: readonly string[]) => Promise<void>;
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
  { deliveries, seedMore, onProgress }: SeedOptions,
): Promise<SeededLog> {
  await deliverOne(scene);
  const webhookIds = (await scene.webhooks()).map(({ webhookId }) => webhookId);
  for (let index = webhookIds.length; index < WEBHOOKS; index++) {
    webhookIds.push((await scene.createWebhook({ url: scene.receiver.urlOf(0) })).webhookId);
  }
  const token = await scene.api.createToken(scene.appKey, ['deliveries:read']);
  const { databaseUrl } = scene.deployment;
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
  await seedMore?.(databaseUrl, webhookIds);
  const seededSeconds = (performance.now() - startedAt) / 1_000;
  await scene.deployment.startAgain();
  return { webhookIds, token, seededSeconds };
}

/**
 * Each event makes one delivery from now on: only the first webhook wants it.
 *
 * @param change of that webhook
 */
export async function narrowToOne(
  scene: Scene,
  [first, ...others]: readonly string[],
  change: Record<string, unknown> = { events: ['message.sent'] },
): Promise<void> {
  const { apiUrl, admin } = scene.deployment;
  // The servers were started again, elsewhere.
  const api = await ApiClient.logIn(apiUrl, admin);
  const patch = (webhookId: string | undefined, body: unknown) =>
    api.call('PATCH', `/apps/${scene.appKey}/webhooks/${webhookId ?? ''}`, body);
  await patch(first, change);
  for (const webhookId of others) await patch(webhookId, { events: ['message.revoked'] });
}
