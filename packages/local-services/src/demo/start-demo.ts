/** Fills a running server with demo data: an app, webhooks, receivers, sources and a trickle of events. */
import type { RevealedWebhookSecret, Webhook } from '@im/contracts/api/webhooks';
import { findFreePort, isPortFree } from '../process/free-port.js';
import type { Report } from '../report.js';
import type { AdminSession } from './admin-session.js';
import { findOrCreateDemoApp, pointWebhooksAt, portOfLastRun, receiverOf, type DemoApp } from './demo-app.js';
import { findOrCreateDemoSources } from './demo-sources.js';
import { ReceiverServer } from './receiver-server.js';
import { EventSender } from './send-events.js';
import { SourceTraffic } from './source-traffic.js';

export interface RunningDemo {
  stop: () => Promise<void>;
}

export async function startDemo(
  session: AdminSession,
  serverUrl: string,
  report: Report,
): Promise<RunningDemo> {
  const app = await findOrCreateDemoApp(session);
  const secrets = await revealOwnSecrets(session, app);
  const receivers = new ReceiverServer({
    appKey: app.appKey,
    secretOf: (slug) => secrets.get(slug) ?? app.appSecret,
  });
  const receiverUrl = await receivers.listen(await choosePort(portOfLastRun(app)));
  await pointWebhooksAt(session, app, receiverUrl);
  const traffic = new SourceTraffic(await findOrCreateDemoSources(session, serverUrl, app.appKey));
  await session.logOut();
  const sender = new EventSender(serverUrl, app);
  if (app.isNew) await sender.sendOneOfEach();
  await traffic.sendFirst();
  const stopping = new AbortController();
  const trickling = Promise.all([sender.trickle(stopping.signal), traffic.trickle(stopping.signal)]);
  report(`  演示 Demo         ${receiverUrl}  (切换接收端的应答 switch how the receivers answer)\n`);
  return {
    stop: async () => {
      stopping.abort();
      await trickling;
      await receivers.close();
    },
  };
}

async function choosePort(wanted: number | null): Promise<number> {
  if (wanted !== null && (await isPortFree(wanted, '127.0.0.1'))) return wanted;
  return findFreePort();
}

/** A person may have given a webhook its own secret in the console; then that one signs. */
async function revealOwnSecrets(session: AdminSession, app: DemoApp): Promise<Map<string, string>> {
  const secrets = new Map<string, string>();
  for (const webhook of app.webhooks.filter((each: Webhook) => each.hasSecret)) {
    const slug = receiverOf(webhook)?.slug;
    if (slug === undefined) continue;
    const path = `/apps/${app.appKey}/webhooks/${webhook.webhookId}/secret/reveal`;
    const { secret } = await session.call<RevealedWebhookSecret>('POST', path);
    if (secret !== null) secrets.set(slug, secret);
  }
  return secrets;
}
