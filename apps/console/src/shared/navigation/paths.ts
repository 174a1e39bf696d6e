/** Builds addresses of pages that other features link to; features do not import each other. */
export const paths = {
  /** Leads to where the person works. */
  home: '/',
  apps: '/apps',
  overview: (appKey: string) => `/apps/${encodeURIComponent(appKey)}`,
  trace: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/trace`,
  docs: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/docs`,
  debug: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/debug`,
  appSettings: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/settings`,
  webhooks: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/im-webhooks`,
  webhook: (appKey: string, webhookId: string) =>
    `/apps/${encodeURIComponent(appKey)}/im-webhooks/${encodeURIComponent(webhookId)}`,
  deliveries: (appKey: string, webhookId: string) =>
    `/apps/${encodeURIComponent(appKey)}/im-webhooks/${encodeURIComponent(webhookId)}/deliveries`,
  /** Of all webhooks of the app. */
  appDeliveries: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/deliveries`,
  /** Of one event, to all webhooks of the app. */
  eventDeliveries: (appKey: string, eventId: string) =>
    `/apps/${encodeURIComponent(appKey)}/deliveries?eventId=${encodeURIComponent(eventId)}`,
  /** Of the events of one source. */
  sourceDeliveries: (appKey: string, sourceId: string) =>
    `/apps/${encodeURIComponent(appKey)}/deliveries?sourceId=${encodeURIComponent(sourceId)}`,
  sources: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/sources`,
  source: (appKey: string, sourceId: string) =>
    `/apps/${encodeURIComponent(appKey)}/sources/${encodeURIComponent(sourceId)}`,
  alerts: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/im-webhook-alerts`,
  /** With the request of this attempt of a delivery, or of its newest one. */
  debugDelivery: (appKey: string, deliveryId: string, attempt?: number) =>
    `/apps/${encodeURIComponent(appKey)}/debug?deliveryId=${encodeURIComponent(deliveryId)}${attempt === undefined ? '' : `&attempt=${String(attempt)}`}`,
  members: '/settings/members',
  apiTokens: '/settings/api-tokens',
  channels: '/settings/notification-channels',
  eventTypes: '/settings/event-types',
  auditLog: '/settings/audit-log',
  tenants: '/settings/tenants',
  profile: '/settings/profile',
  setUpSecondFactor: '/set-up-second-factor',
  choosePassword: '/choose-password',
} as const;
