/** Sets up the demo's app and webhooks through the API at the first start, and finds them again later. */
import type {
  App,
  AppSummary,
  CreateAppRequest,
  CreatedApp,
  RevealedAppSecret,
} from '@im/contracts/api/apps';
import type { CreateWebhookRequest, UpdateWebhookRequest, Webhook } from '@im/contracts/api/webhooks';
import type { AdminSession } from './admin-session.js';
import { DEMO_RECEIVERS, type DemoReceiver } from './demo-receivers.js';

const DEMO_APP: CreateAppRequest = {
  name: '演示应用 Demo',
  packageName: 'com.example.im.demo',
  description: '由 npm start -- --demo 创建，可随意修改。Made by npm start -- --demo; change it as you like.',
};

export interface DemoApp {
  appKey: string;
  appSecret: string;
  isNew: boolean;
  webhooks: Webhook[];
}

export async function findOrCreateDemoApp(session: AdminSession): Promise<DemoApp> {
  const apps = await session.call<AppSummary[]>('GET', '/apps?limit=200');
  const found = apps.find((app) => app.packageName === DEMO_APP.packageName);
  const app: App = found ?? (await session.call<CreatedApp>('POST', '/apps', DEMO_APP));
  const path = `/apps/${app.appKey}`;
  const { appSecret } = await session.call<RevealedAppSecret>('POST', `${path}/secret/reveal`);
  const webhooks = await session.call<Webhook[]>('GET', `${path}/webhooks?limit=200`);
  return { appKey: app.appKey, appSecret, isNew: !found, webhooks };
}

/** Where the receivers were reached in the run before, so that this one can use the same port. */
export function portOfLastRun({ webhooks }: DemoApp): number | null {
  const found = webhooks.find((webhook) => receiverOf(webhook) !== undefined);
  return found ? Number(new URL(found.url).port) : null;
}

/** Makes missing webhooks and points the others to this run's port; what a person changed stays. */
export async function pointWebhooksAt(
  session: AdminSession,
  app: DemoApp,
  receiverUrl: string,
): Promise<void> {
  for (const receiver of DEMO_RECEIVERS) {
    const url = `${receiverUrl}/receivers/${receiver.slug}`;
    const existing = app.webhooks.find((webhook) => receiverOf(webhook) === receiver);
    const path = `/apps/${app.appKey}/webhooks`;
    if (existing === undefined) {
      // One that a person has deleted stays deleted.
      if (app.webhooks.length > 0) continue;
      const body: CreateWebhookRequest = { ...receiver.webhook, url };
      await session.call<Webhook>('POST', path, body);
    } else if (existing.url !== url) {
      const body: UpdateWebhookRequest = { url };
      await session.call<Webhook>('PATCH', `${path}/${existing.webhookId}`, body);
    }
  }
}

/** The receiver that a webhook of this app leads to, if any. */
export function receiverOf(webhook: Webhook): DemoReceiver | undefined {
  const { hostname, pathname } = new URL(webhook.url);
  if (hostname !== '127.0.0.1') return undefined;
  return DEMO_RECEIVERS.find((receiver) => pathname === `/receivers/${receiver.slug}`);
}
