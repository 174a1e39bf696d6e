/** Builds addresses of pages that other features link to; features do not import each other. */
export const paths = {
  /** Leads to where the person works. */
  home: '/',
  apps: '/apps',
  overview: (appKey: string) => `/apps/${encodeURIComponent(appKey)}`,
  docs: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/docs`,
  debug: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/debug`,
  appSettings: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/settings`,
  webhooks: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/im-webhooks`,
  webhook: (appKey: string, webhookId: string) =>
    `/apps/${encodeURIComponent(appKey)}/im-webhooks/${encodeURIComponent(webhookId)}`,
  deliveries: (appKey: string, webhookId: string) =>
    `/apps/${encodeURIComponent(appKey)}/im-webhooks/${encodeURIComponent(webhookId)}/deliveries`,
  webhookSettings: (appKey: string, webhookId: string) =>
    `/apps/${encodeURIComponent(appKey)}/im-webhooks/${encodeURIComponent(webhookId)}/settings`,
  webhookSigning: (appKey: string, webhookId: string) =>
    `/apps/${encodeURIComponent(appKey)}/im-webhooks/${encodeURIComponent(webhookId)}/signing`,
  webhookHistory: (appKey: string, webhookId: string) =>
    `/apps/${encodeURIComponent(appKey)}/im-webhooks/${encodeURIComponent(webhookId)}/history`,
  /** Of all webhooks of the app. */
  appDeliveries: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/deliveries`,
  /** Of one event, to all webhooks of the app. */
  eventDeliveries: (appKey: string, eventId: string) =>
    `/apps/${encodeURIComponent(appKey)}/deliveries?eventId=${encodeURIComponent(eventId)}`,
  /** Of all events of one type. */
  typeDeliveries: (appKey: string, eventName: string) =>
    `/apps/${encodeURIComponent(appKey)}/deliveries?event=${encodeURIComponent(eventName)}`,
  /** Of the events of one source. */
  sourceDeliveries: (appKey: string, sourceId: string) =>
    `/apps/${encodeURIComponent(appKey)}/deliveries?sourceId=${encodeURIComponent(sourceId)}`,
  /** One delivery, open in the log of the app. */
  openDelivery: (appKey: string, deliveryId: string) =>
    `/apps/${encodeURIComponent(appKey)}/deliveries?open=${encodeURIComponent(deliveryId)}`,
  /** Why something did (not) arrive, by any id. */
  trace: (appKey: string, id = '') =>
    id === ''
      ? `/apps/${encodeURIComponent(appKey)}/trace`
      : `/apps/${encodeURIComponent(appKey)}/trace?q=${encodeURIComponent(id)}`,
  testReceiver: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/im-webhooks/test-receiver`,
  sources: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/sources`,
  source: (appKey: string, sourceId: string) =>
    `/apps/${encodeURIComponent(appKey)}/sources/${encodeURIComponent(sourceId)}`,
  sourceRequests: (appKey: string, sourceId: string) =>
    `/apps/${encodeURIComponent(appKey)}/sources/${encodeURIComponent(sourceId)}?tab=requests`,
  portalLinks: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/portal-links`,
  alerts: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/im-webhook-alerts`,
  alertHistory: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/im-webhook-alerts/history`,
  alertRules: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/im-webhook-alerts/rules`,
  alertChannels: (appKey: string) => `/apps/${encodeURIComponent(appKey)}/im-webhook-alerts/channels`,
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
