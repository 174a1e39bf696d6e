import { alertSchema, listAlertsQuerySchema } from '../api/alerts.js';
import { ADMIN_AND_DEVELOPER, ALL_ROLES, defineRoute, pageOf, singleOf } from './route.js';

export const alertRoutes = {
  list: defineRoute({
    operationId: 'listAlerts',
    method: 'GET',
    path: '/apps/{appKey}/alerts',
    tag: 'alerts',
    summary: { en: "List an app's alerts", zh: '列出告警' },
    access: { roles: ALL_ROLES, scope: 'alerts:read' },
    query: listAlertsQuerySchema,
    answer: { status: 200, schema: pageOf(alertSchema) },
  }),
  acknowledge: defineRoute({
    operationId: 'acknowledgeAlert',
    method: 'POST',
    path: '/apps/{appKey}/alerts/{alertId}/acknowledge',
    tag: 'alerts',
    summary: { en: 'Acknowledge an alert', zh: '确认告警' },
    access: { roles: ALL_ROLES, scope: 'alerts:write' },
    answer: { status: 200, schema: singleOf(alertSchema) },
    problems: ['conflict'],
  }),
  resolve: defineRoute({
    operationId: 'resolveAlert',
    method: 'POST',
    path: '/apps/{appKey}/alerts/{alertId}/resolve',
    tag: 'alerts',
    summary: { en: 'Resolve an alert', zh: '解除告警' },
    access: { roles: ADMIN_AND_DEVELOPER, scope: 'alerts:write' },
    answer: { status: 200, schema: singleOf(alertSchema) },
    problems: ['conflict'],
  }),
};
