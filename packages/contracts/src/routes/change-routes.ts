import { appChangesSchema, changesQuerySchema } from '../api/changes.js';
import { ALL_ROLES, defineRoute, singleOf } from './route.js';

export const changeRoutes = {
  list: defineRoute({
    operationId: 'listChanges',
    method: 'GET',
    path: '/apps/{appKey}/changes',
    tag: 'insights',
    summary: { en: 'What changed in an app', zh: '应用的变更' },
    description: {
      en: 'Revisions of webhooks, secrets and tokens that came into use, alerts that opened or were resolved: for marks on the time axis of charts. Without `from` and `to`: the last 24 hours. At most the newest 200 of each kind. Alerts, and tokens of sources, only for callers who may read them.',
      zh: '回调的设置修改、密钥与令牌的启用、告警的产生与恢复，用于在图表的时间轴上标记。不填 `from` 和 `to` 时为最近 24 小时。每类最多返回最新的 200 条。告警与来源令牌的变更只返回给有权查看它们的调用方。',
    },
    access: { roles: ALL_ROLES, scope: 'webhooks:read' },
    query: changesQuerySchema,
    answer: { status: 200, schema: singleOf(appChangesSchema) },
  }),
};
