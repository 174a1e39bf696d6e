import type { Notice, NoticedAlert } from '../modules/notifications/domain/notice.js';

/** An alert that is open since eight in the morning. */
export function noticedAlert(override: Partial<NoticedAlert> = {}): NoticedAlert {
  return {
    alertId: '0198c1f2-7a10-7b3c-8d4e-0000000000a1',
    rule: 'consecutive_failures',
    severity: 'critical',
    status: 'open',
    webhookId: '0198c1f2-7a10-7b3c-8d4e-0000000000e1',
    detail: {
      webhookName: 'Orders',
      webhookUrl: 'https://hooks.example/in/secret-path?token=secret-query',
      consecutiveFailures: 12,
      lastDeliveryId: '0198c1f2-7a10-7b3c-8d4e-0000000000d1',
      lastErrorClass: 'server_error',
      lastResponseStatus: 500,
    },
    openedAt: '2026-11-21T08:00:00.000Z',
    resolvedAt: null,
    resolvedBy: null,
    ...override,
  };
}

/** A notice of one alert. */
export function notice(override: Partial<Notice> = {}, alert: Partial<NoticedAlert> = {}): Notice {
  return {
    notificationId: '0198c1f2-7a10-7b3c-8d4e-0000000000f1',
    kind: 'opened',
    severity: 'critical',
    at: new Date('2026-11-21T08:00:00.000Z'),
    attempt: 1,
    content: { app: { appKey: 'ak_1', name: 'Chat' }, alerts: [noticedAlert(alert)], counts: null },
    ...override,
  };
}
