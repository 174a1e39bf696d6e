/** Names the address of every page that an admin opens, and of those of a portal link, each with something on it. */
import type { AppInTest } from '../harness/app-in-test.js';
import type { Receiver } from '../harness/receiver.js';
import { seedEveryPage } from './seed-every-page.flow.js';

const SETTINGS_PAGES = [
  'members',
  'api-tokens',
  'notification-channels',
  'event-types',
  'audit-log',
  'tenants',
  'profile',
] as const;

/** By the name of a picture of it. */
export async function listEveryPage(app: AppInTest, receiver: Receiver): Promise<Record<string, string>> {
  const seeded = await seedEveryPage(app, receiver);
  const [failed] = await app.listDeliveries('failed');
  const [, token = ''] = (await app.createPortalLink()).url.split('#');
  const root = `/apps/${app.appKey}`;
  const webhook = `${root}/im-webhooks/${failed?.webhookId ?? ''}`;
  return {
    ...seeded,
    'app-log': `${root}/deliveries`,
    'app-log-empty': `${root}/deliveries?messageId=unheard-of`,
    trace: `${root}/trace`,
    'trace-event': `${root}/trace?q=${failed?.eventId ?? ''}`,
    'trace-conversation': `${root}/trace?q=single_u10086_u10010`,
    'trace-nothing': `${root}/trace?q=unheard-of`,
    webhook,
    'webhook-settings': `${webhook}/settings`,
    'webhook-signing': `${webhook}/signing`,
    'webhook-history': `${webhook}/history`,
    'app-settings': `${root}/settings`,
    ...Object.fromEntries(SETTINGS_PAGES.map((name) => [name, `/settings/${name}`])),
    'event-type': '/settings/event-types?open=message.sent',
    'event-types-none': '/settings/event-types?q=unheard-of',
    'alert-history': `${root}/im-webhook-alerts/history`,
    'alert-rules': `${root}/im-webhook-alerts/rules`,
    'portal-links': `${root}/portal-links`,
    portal: `/portal#${token}`,
    'portal-docs': `/portal/docs#${token}`,
    'not-found': '/nothing/here',
  };
}
