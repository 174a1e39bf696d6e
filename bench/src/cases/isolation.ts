/**
 * Measures a healthy webhook alone, then with one whose receiver takes 30 s for each answer while 10,000 events wait,
 * then with 500 whose receivers never answer, with 10,000 deliveries.
 */
import type { CaseResult } from '../report/case-result.js';
import { Receiver } from '../receiver/receiver.js';
import { sendEvents } from './send-events.js';
import type { Window } from './load-window.js';
import { aloneFigures, withOthersFigures, HEALTHY_EVENT, measureHealthy } from './measure-healthy.js';
import type { PacedMeasure } from './measure-paced.js';
import type { Scene } from './scene.js';

const HANGING_EVENT = 'message.revoked';
const WAITING_EVENTS = 10_000;
const ANSWER_AFTER_MS = 30_000;
/** Longer than the receiver takes: every attempt succeeds in the end, so no failure reveals the webhook. */
const TIMEOUT_MS = 60_000;
const SILENT_EVENT = 'message.edited';
const SILENT_WEBHOOKS = 500;
const EVENTS_FOR_SILENT = 20;
const CREATED_AT_ONCE = 10;

export async function runIsolation(scene: Scene, window: Window): Promise<CaseResult> {
  await scene.createWebhook({ url: scene.receiver.urlOf(0), events: [HEALTHY_EVENT] });
  const alone = await measureHealthy(scene, window);
  const { measured: withOne, requests } = await withSlowOne(scene, window);
  const withMany = await withSilentOnes(scene, window);
  return {
    name: 'isolation',
    figures: [
      ...withOthersFigures('with others', withOne, alone),
      ...withOthersFigures(`with ${SILENT_WEBHOOKS}`, withMany, alone),
      ...aloneFigures(alone),
      { name: 'requests the hanging one got', value: requests, unit: '' },
    ],
    integrity: withOne.integrity,
    cpuSecondsPer1000: withOne.cpuSecondsPer1000,
    notes: [],
  };
}

async function withSlowOne(
  scene: Scene,
  window: Window,
): Promise<{ measured: PacedMeasure; requests: number }> {
  const hanging = await Receiver.start();
  try {
    await hanging.plan([{ behaviour: { kind: 'hang', answerAfterMs: ANSWER_AFTER_MS } }]);
    const { webhookId } = await scene.createWebhook({
      url: hanging.urlOf(0),
      events: [HANGING_EVENT],
      timeoutMs: TIMEOUT_MS,
    });
    await sendEvents(scene, HANGING_EVENT, WAITING_EVENTS);
    const measured = await measureHealthy(scene, window);
    const { requests } = await hanging.progress();
    await scene.disableWebhook(webhookId);
    return { measured, requests };
  } finally {
    await hanging.stop();
  }
}

async function withSilentOnes(scene: Scene, window: Window): Promise<PacedMeasure> {
  const silent = await Receiver.start();
  try {
    const plan = { behaviour: { kind: 'hang', answerAfterMs: 2 * TIMEOUT_MS } } as const;
    await silent.plan(Array.from({ length: SILENT_WEBHOOKS }, () => plan));
    for (let first = 0; first < SILENT_WEBHOOKS; first += CREATED_AT_ONCE) {
      const channels = Array.from({ length: CREATED_AT_ONCE }, (_, n) => first + n);
      await Promise.all(
        channels.map((channel) =>
          scene.createWebhook({ url: silent.urlOf(channel), events: [SILENT_EVENT] }),
        ),
      );
    }
    await sendEvents(scene, SILENT_EVENT, EVENTS_FOR_SILENT);
    return await measureHealthy(scene, window);
  } finally {
    await silent.stop();
  }
}
