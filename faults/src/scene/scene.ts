/** Sets up apps, webhooks, receivers and senders of a round through the API. */
import { ApiClient } from '@im/testbed/api-client';
import type { Deployment } from '@im/testbed/deployment';
import type { Webhook } from '@im/contracts/api/webhooks';
import { STREAM_NAMES, STREAMS, type StreamName } from '../load/event-stream.js';
import { Pace } from '../load/pace.js';
import { Sender } from '../load/sender.js';
import type { PostedEvent } from '../ledger/posted-event.js';
import type { Random } from '../random.js';
import type { Receiver } from '../receiver/receiver.js';
import { CHANNELS } from './channels.js';

export interface SceneWebhook {
  appKey: string;
  webhookId: string;
}

export interface Scene {
  /** In the order of the channels. */
  webhooks: SceneWebhook[];
  tokens: Record<StreamName, { appKey: string; token: string }>;
}

export async function setUpScene(
  apiUrl: string,
  admin: Deployment['admin'],
  receivers: readonly Receiver[],
): Promise<Scene> {
  const api = await ApiClient.logIn(apiUrl, admin);
  const tokens: Partial<Scene['tokens']> = {};
  const webhooks: SceneWebhook[] = [];
  for (const stream of STREAM_NAMES) {
    const { appKey } = await api.createApp(stream);
    tokens[stream] = { appKey, token: await api.createToken(appKey, ['events:write']) };
  }
  for (const [index, channel] of CHANNELS.entries()) {
    const appKey = tokens[channel.stream]?.appKey ?? '';
    const url = receivers[channel.receiver]?.urlOf(index) ?? '';
    const { webhookId } = await api.createWebhook(appKey, { url, name: channel.name, ...channel.settings });
    webhooks.push({ appKey, webhookId });
  }
  return { webhooks, tokens: tokens as Scene['tokens'] };
}

/** Closes every breaker, like a person who knows that the receivers work. */
export async function resumeAll(
  apiUrl: string,
  admin: Deployment['admin'],
  webhooks: readonly SceneWebhook[],
): Promise<void> {
  const api = await ApiClient.logIn(apiUrl, admin);
  for (const { appKey, webhookId } of webhooks) {
    await api.call('POST', `/apps/${appKey}/webhooks/${webhookId}/resume`);
  }
}

export async function readWebhooks(
  apiUrl: string,
  admin: Deployment['admin'],
  webhooks: readonly SceneWebhook[],
): Promise<Webhook[]> {
  const api = await ApiClient.logIn(apiUrl, admin);
  return Promise.all(
    webhooks.map(({ appKey, webhookId }) =>
      api.call<Webhook>('GET', `/apps/${appKey}/webhooks/${webhookId}`),
    ),
  );
}

export interface Load {
  ledger: PostedEvent[];
  complaints: string[];
  /** Resolves when all senders have stopped and have every answer. */
  stop: () => Promise<void>;
}

export function startLoad(
  scene: Scene,
  eventsPerSecond: number,
  random: (purpose: string) => Random,
  apiUrls: () => string[],
): Load {
  const ledger: PostedEvent[] = [];
  const complaints: string[] = [];
  const senders: Sender[] = [];
  for (const stream of STREAM_NAMES) {
    const { appKey, token } = scene.tokens[stream];
    const pace = new Pace(eventsPerSecond * STREAMS[stream].share);
    for (let sender = 0; sender < STREAMS[stream].senders; sender += 1) {
      const own = random(`sender ${stream} ${String(sender)}`);
      const nextOrigin = (): string => {
        const [first = '', ...others] = apiUrls();
        return own.pick([first, ...others]);
      };
      const path = `/api/v1/apps/${appKey}/events`;
      const nextSequence = (): number => ledger.length;
      senders.push(
        new Sender({
          ...{ stream, sender, path, token, nextOrigin, nextSequence },
          ...{ pace, random: own, ledger, complaints },
        }),
      );
    }
  }
  const runs = Promise.all(senders.map((sender) => sender.run()));
  runs.catch(() => undefined);
  return {
    ledger,
    complaints,
    stop: async () => {
      for (const sender of senders) sender.stop();
      await runs;
    },
  };
}
