/** Collects what the receivers saw, what the senders got as answers and what the service recorded. */
import type { Deployment } from '@im/testbed/deployment';
import type { ServerSupervisor } from '../chaos/server-supervisor.js';
import type { Timeline } from '../chaos/timeline.js';
import type { Evidence } from '../proofs/evidence.js';
import type { Receiver } from '../receiver/receiver.js';
import { CHANNELS } from '../scene/channels.js';
import { readWebhooks, type Load, type Scene } from '../scene/scene.js';
import { readDeliveryRows, withDatabase } from './delivery-rows.js';

/** For this time after Redis answers again, a worker may not have noticed. */
const NOTICED_WITHIN_MS = 5_000;

interface Sources {
  deployment: Deployment;
  supervisor: ServerSupervisor;
  receivers: readonly Receiver[];
  scene: Scene;
  timeline: Timeline;
  load: Load;
}

export async function gatherEvidence(sources: Sources): Promise<Evidence> {
  const { deployment, supervisor, receivers, scene, timeline, load } = sources;
  const rows = await withDatabase(deployment.databaseUrl, readDeliveryRows);
  const webhooks = await readWebhooks(supervisor.apiUrls[0] ?? '', deployment.admin, scene.webhooks);
  const arrivals = await Promise.all(receivers.map((receiver) => receiver.arrivals()));
  return {
    events: load.ledger,
    channels: CHANNELS.flatMap((channel, index) => {
      const webhook = webhooks[index];
      if (!webhook) return [];
      const { webhookId, stats } = webhook;
      const came = (arrivals[channel.receiver] ?? []).filter((arrival) => arrival.channel === index);
      const own = rows.filter((row) => row.webhookId === webhookId);
      return [{ ...channel, index, webhookId, stats, arrivals: came, rows: own }];
    }),
    redisTroubles: timeline
      .spans('redis')
      .map(({ from, until }) => ({ from, until: until + NOTICED_WITHIN_MS })),
    workers: supervisor.workers,
  };
}
