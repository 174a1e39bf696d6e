/** Measures a healthy webhook alone, then with 60 whose host names get no answer from name servers. */
import pg from 'pg';
import type { CaseResult } from '../report/case-result.js';
import { sendEvents } from './send-events.js';
import type { Window } from './load-window.js';
import { aloneFigures, withOthersFigures, HEALTHY_EVENT, measureHealthy } from './measure-healthy.js';
import type { Scene } from './scene.js';

export const HEALTHY_NAME = 'healthy.example';
const HANGING_EVENT = 'message.revoked';
const HANGING_NAMES = 60;
const WAITING_EVENTS = 100;

export async function runNames(scene: Scene, window: Window): Promise<CaseResult> {
  const healthyUrl = new URL(scene.receiver.urlOf(0));
  healthyUrl.hostname = HEALTHY_NAME;
  const { webhookId } = await scene.createWebhook({ url: healthyUrl.href, events: [HEALTHY_EVENT] });
  const alone = await measureHealthy(scene, window);
  await Promise.all(
    Array.from({ length: HANGING_NAMES }, (_, n) =>
      scene.createWebhook({ url: `http://hang${n}.example/`, events: [HANGING_EVENT] }),
    ),
  );
  await sendEvents(scene, HANGING_EVENT, WAITING_EVENTS);
  const withOthers = await measureHealthy(scene, window);
  return {
    name: 'dns',
    figures: [
      ...withOthersFigures('with others', withOthers, alone),
      ...aloneFigures(alone),
      {
        name: 'failed attempts of the healthy one',
        value: await failuresOf(scene, webhookId),
        unit: '',
        wanted: '<= 0',
      },
      { name: 'questions the name server got', value: scene.nameServer?.questions.length ?? 0, unit: '' },
    ],
    integrity: withOthers.integrity,
    cpuSecondsPer1000: withOthers.cpuSecondsPer1000,
    notes: [],
  };
}

async function failuresOf(scene: Scene, webhookId: string): Promise<number> {
  const client = new pg.Client({ connectionString: scene.deployment.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ failures: number }>(
      `SELECT count(*)::int AS failures FROM attempts a JOIN deliveries USING (delivery_id)
       WHERE webhook_id = $1 AND a.error_class IS NOT NULL`,
      [webhookId],
    );
    return rows[0]?.failures ?? 0;
  } finally {
    await client.end();
  }
}
