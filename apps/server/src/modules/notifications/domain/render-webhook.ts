import type { Notice, NoticedAlert } from './notice.js';

/**
 * Renders the body for a `webhook` channel, documented in docs/notifications.md. It is a list even for one notice, so
 * that receivers read one form; a test has an empty one.
 */
export function renderWebhook(channelId: string, notices: readonly Notice[], now: Date): unknown {
  return {
    type: notices.length === 0 ? 'test' : 'alerts',
    channelId,
    sentAt: now.toISOString(),
    notifications: notices.map(entryOf),
  };
}

function entryOf({ notificationId, kind, severity, at, content }: Notice): unknown {
  const { app, alerts, counts } = content;
  return {
    notificationId,
    kind,
    severity,
    at: at.toISOString(),
    appKey: app.appKey,
    appName: app.name,
    ...(counts !== null && counts),
    alerts: alerts.map(withoutUrl),
  };
}

/** Without the receiver's URL: it may contain a token, and the webhook's id is enough. */
function withoutUrl(alert: NoticedAlert): unknown {
  return { ...alert, detail: { ...alert.detail, webhookUrl: undefined } };
}
