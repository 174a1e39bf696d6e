import { askReceiverRequestSchema, beforeDecisionSchema } from '../api/before.js';
import { beforeStatisticsQuerySchema, beforeStatisticsSchema } from '../api/before-stats.js';
import { ADMIN_AND_DEVELOPER, ALL_ROLES, defineRoute, singleOf } from './route.js';

export const beforeRoutes = {
  ask: defineRoute({
    operationId: 'askReceiver',
    method: 'POST',
    path: '/apps/{appKey}/before/{eventName}',
    tag: 'before',
    summary: { en: 'Ask before an event happens', zh: '事件发生前询问' },
    description: {
      en: 'Asks the one webhook that decides about the event, synchronously, and answers with its decision: `allow`, `deny`, or `modify` with `changes`. It is asked once, within the deadline of the webhook (at most 4 s); when it does not decide in time or fails, its policy decides, and `decidedBy` says why. Without a webhook for the event: `allow`, `decidedBy` `none`. `eventName` is a built-in event, one of the tenant’s, or `<kind>.<command>` of an IM server; `data` is checked against the event’s schema, fields that do not exist yet may be missing.',
      zh: '同步询问负责该事件的那一个回调，并返回其决定：`allow`、`deny`，或带 `changes` 的 `modify`。只询问一次，不超过该回调的期限（最多 4 秒）；若未按时决定或出错，则按其策略决定，`decidedBy` 说明原因。没有回调负责该事件时返回 `allow`，`decidedBy` 为 `none`。`eventName` 为内置事件、租户自定义事件，或 IM 服务器的 `<类型>.<命令>`；`data` 按事件的 schema 校验，尚不存在的字段可以缺省。',
    },
    access: { roles: ADMIN_AND_DEVELOPER, scope: 'events:write', allowsAppSignature: true },
    body: askReceiverRequestSchema,
    // The schemas of the tenant's event types apply to its data.
    checksOwnBody: true,
    answer: { status: 200, schema: singleOf(beforeDecisionSchema) },
  }),
  statistics: defineRoute({
    operationId: 'getBeforeStatistics',
    method: 'GET',
    path: '/apps/{appKey}/webhooks/{webhookId}/before-stats',
    tag: 'before',
    summary: { en: 'Statistics of before-callbacks', zh: '前置回调的统计' },
    description: {
      en: 'Decisions by outcome and by who made them, and how long they took. Without `from` and `to`: the last 24 hours.',
      zh: '按结果和决定者统计的决定数，以及耗时。不填 `from` 和 `to` 时为最近 24 小时。',
    },
    access: { roles: ALL_ROLES, scope: 'deliveries:read' },
    query: beforeStatisticsQuerySchema,
    answer: { status: 200, schema: singleOf(beforeStatisticsSchema) },
  }),
};
