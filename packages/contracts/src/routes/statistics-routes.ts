import { failureCausesQuerySchema, failureCausesSchema } from '../api/failure-causes.js';
import { appStatisticsSchema, statisticsQuerySchema, webhookStatisticsSchema } from '../api/statistics.js';
import { ALL_ROLES, defineRoute, singleOf } from './route.js';

const READ = { roles: ALL_ROLES, scope: 'deliveries:read' } as const;

const description = {
  en: 'Without `from` and `to`: the last 60 minutes, 24 hours, 30 days, 12 weeks or 12 months, the running one included. Each delivery counts in the bucket in which it was created, so a bucket is what the list of deliveries shows for the same `from` and `to`, test sends left out. At most 1,000 buckets; minutes for at most 6 hours, of the deliveries that are still kept, as of at most a second ago.',
  zh: '不填 `from` 和 `to` 时为最近 60 分钟、24 小时、30 天、12 周或 12 个月，含当前时段。每次投递计入其创建时所在的时段，因此一个时段的数据与投递列表按相同 `from`、`to` 筛选的结果一致（不含测试发送）。最多 1,000 个时段；按分钟最多 6 小时，只统计仍保留的投递，数据最多滞后 1 秒。',
};

export const statisticsRoutes = {
  ofWebhook: defineRoute({
    operationId: 'getWebhookStatistics',
    method: 'GET',
    path: '/apps/{appKey}/webhooks/{webhookId}/stats',
    tag: 'insights',
    summary: { en: 'Statistics of a webhook', zh: '回调的统计' },
    description,
    access: READ,
    query: statisticsQuerySchema,
    answer: { status: 200, schema: singleOf(webhookStatisticsSchema) },
    problems: ['search_too_broad', 'too_many_requests'],
  }),
  ofApp: defineRoute({
    operationId: 'getAppStatistics',
    method: 'GET',
    path: '/apps/{appKey}/stats',
    tag: 'insights',
    summary: { en: 'Statistics of an app, and of each of its webhooks', zh: '应用及其各回调的统计' },
    description,
    access: READ,
    query: statisticsQuerySchema,
    answer: { status: 200, schema: singleOf(appStatisticsSchema) },
    problems: ['search_too_broad', 'too_many_requests'],
  }),
  failureCauses: defineRoute({
    operationId: 'getFailureCauses',
    method: 'GET',
    path: '/apps/{appKey}/stats/causes',
    tag: 'insights',
    summary: { en: 'Why deliveries of an app fail', zh: '应用投递失败的原因' },
    description: {
      en: 'Deliveries that were created in the span and failed or are being retried, by the error class of their last attempt. Without `from` and `to`: the last 24 hours.',
      zh: '按最后一次尝试的错误类别，统计该时间段内创建且失败或正在重试的投递。不填 `from` 和 `to` 时为最近 24 小时。',
    },
    access: READ,
    query: failureCausesQuerySchema,
    answer: { status: 200, schema: singleOf(failureCausesSchema) },
    problems: ['search_too_broad'],
  }),
};
