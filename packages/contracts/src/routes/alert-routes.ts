import { alertSettingsSchema, changeAlertRulesRequestSchema } from '../api/alert-rules.js';
import { alertSchema, alertWithStepsSchema, listAlertsQuerySchema } from '../api/alerts.js';
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
  get: defineRoute({
    operationId: 'getAlert',
    method: 'GET',
    path: '/apps/{appKey}/alerts/{alertId}',
    tag: 'alerts',
    summary: { en: 'Show an alert and what happened to it', zh: '查看告警及其经过' },
    access: { roles: ALL_ROLES, scope: 'alerts:read' },
    answer: { status: 200, schema: singleOf(alertWithStepsSchema) },
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
  getRules: defineRoute({
    operationId: 'getAlertRules',
    method: 'GET',
    path: '/apps/{appKey}/alert-rules',
    tag: 'alerts',
    summary: { en: "Show an app's alert rules and quiet hours", zh: '查看告警规则与免打扰时段' },
    access: { roles: ALL_ROLES, scope: 'alerts:read' },
    answer: { status: 200, schema: singleOf(alertSettingsSchema) },
  }),
  changeRules: defineRoute({
    operationId: 'changeAlertRules',
    method: 'PUT',
    path: '/apps/{appKey}/alert-rules',
    tag: 'alerts',
    summary: { en: "Change an app's alert rules and quiet hours", zh: '修改告警规则与免打扰时段' },
    description: {
      en: 'Whatever is absent stays as it is, within a rule too. A change counts at once: what no longer is a reason for an alert resolves it, what has become one opens it.',
      zh: '未给出的设置保持不变，规则内部亦然。修改立即生效：不再满足条件的告警自动解除，新满足条件的告警随即触发。',
    },
    access: { roles: ADMIN_AND_DEVELOPER, scope: 'alerts:write' },
    body: changeAlertRulesRequestSchema,
    answer: { status: 200, schema: singleOf(alertSettingsSchema) },
  }),
};
