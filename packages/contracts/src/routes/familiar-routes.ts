/** Describes `/api/webhooks`, which clients written for another webhook API call as they are. */
import {
  familiarDeliveryPageSchema,
  familiarListDeliveriesQuerySchema,
  familiarRedeliverySchema,
  familiarStatisticsQuerySchema,
  familiarStatisticsSchema,
} from '../api/familiar-deliveries.js';
import {
  familiarCreatedWebhookSchema,
  familiarCreateWebhookSchema,
  familiarDeletedWebhookSchema,
  familiarListWebhooksQuerySchema,
  familiarTestResultSchema,
  familiarTestWebhookSchema,
  familiarUpdatedWebhookSchema,
  familiarUpdateWebhookSchema,
  familiarWebhookPageSchema,
  familiarWebhookSchema,
} from '../api/familiar-webhooks.js';
import { FAMILIAR_API_BASE } from '../problem.js';
import { ADMIN_AND_DEVELOPER, ALL_ROLES, defineRoute } from './route.js';

const READ = { roles: ALL_ROLES, scope: 'webhooks:read' } as const;
const WRITE = { roles: ADMIN_AND_DEVELOPER, scope: 'webhooks:write' } as const;
const READ_LOG = { roles: ALL_ROLES, scope: 'deliveries:read' } as const;
const WRITE_LOG = { roles: ALL_ROLES, scope: 'deliveries:write' } as const;

const WEBHOOK = `${FAMILIAR_API_BASE}/{webhookId}` as const;
const shared = { tag: 'familiar', isOutsideOfApi: true } as const;

export const familiarRoutes = {
  list: defineRoute({
    ...shared,
    operationId: 'listFamiliarWebhooks',
    method: 'GET',
    path: FAMILIAR_API_BASE,
    summary: { en: "List a project's webhooks", zh: '列出项目的回调' },
    access: READ,
    query: familiarListWebhooksQuerySchema,
    answer: { status: 200, schema: familiarWebhookPageSchema },
    problems: ['not_found'],
  }),
  create: defineRoute({
    ...shared,
    operationId: 'createFamiliarWebhook',
    method: 'POST',
    path: FAMILIAR_API_BASE,
    summary: { en: 'Add a webhook to a project', zh: '为项目新增回调' },
    description: {
      en: 'Its callbacks are signed by `body-hmac` and have the format `flat`.',
      zh: '其请求以 `body-hmac` 签名，内容格式为 `flat`。',
    },
    access: WRITE,
    audit: 'webhook.created',
    body: familiarCreateWebhookSchema,
    answer: { status: 201, schema: familiarCreatedWebhookSchema },
    problems: ['not_found'],
  }),
  get: defineRoute({
    ...shared,
    operationId: 'getFamiliarWebhook',
    method: 'GET',
    path: WEBHOOK,
    summary: { en: 'One webhook with its latest deliveries', zh: '查看回调及最近的投递' },
    access: READ,
    answer: { status: 200, schema: familiarWebhookSchema },
  }),
  update: defineRoute({
    ...shared,
    operationId: 'updateFamiliarWebhook',
    method: 'PUT',
    path: WEBHOOK,
    summary: { en: 'Change a webhook; absent fields stay', zh: '修改回调，未给出的字段保持不变' },
    access: WRITE,
    audit: 'webhook.updated',
    body: familiarUpdateWebhookSchema,
    answer: { status: 200, schema: familiarUpdatedWebhookSchema },
  }),
  delete: defineRoute({
    ...shared,
    operationId: 'deleteFamiliarWebhook',
    method: 'DELETE',
    path: WEBHOOK,
    summary: { en: 'Delete a webhook', zh: '删除回调' },
    access: WRITE,
    audit: 'webhook.deleted',
    answer: { status: 200, schema: familiarDeletedWebhookSchema },
    problems: ['invalid_input'],
  }),
  test: defineRoute({
    ...shared,
    operationId: 'testFamiliarWebhook',
    method: 'POST',
    path: `${WEBHOOK}/test`,
    summary: { en: 'Send a test now', zh: '立即发送测试' },
    access: WRITE,
    audit: 'webhook.tested',
    body: familiarTestWebhookSchema,
    isBodyOptional: true,
    answer: { status: 200, schema: familiarTestResultSchema },
  }),
  deliveries: defineRoute({
    ...shared,
    operationId: 'listFamiliarDeliveries',
    method: 'GET',
    path: `${WEBHOOK}/deliveries`,
    summary: { en: "A webhook's deliveries with what was sent and answered", zh: '回调的投递及其内容与响应' },
    access: READ_LOG,
    query: familiarListDeliveriesQuerySchema,
    answer: { status: 200, schema: familiarDeliveryPageSchema },
    problems: ['search_too_broad'],
  }),
  redeliver: defineRoute({
    ...shared,
    operationId: 'redeliverFamiliarDelivery',
    method: 'POST',
    path: `${WEBHOOK}/deliveries/{deliveryId}/redeliver`,
    summary: { en: 'Deliver again', zh: '重新投递' },
    access: WRITE_LOG,
    audit: 'delivery.redelivered',
    answer: { status: 202, schema: familiarRedeliverySchema },
    problems: ['conflict', 'invalid_input'],
  }),
  statistics: defineRoute({
    ...shared,
    operationId: 'getFamiliarStatistics',
    method: 'GET',
    path: `${WEBHOOK}/stats`,
    summary: { en: 'Statistics of a webhook', zh: '回调的统计' },
    access: READ_LOG,
    query: familiarStatisticsQuerySchema,
    answer: { status: 200, schema: familiarStatisticsSchema },
    problems: ['search_too_broad'],
  }),
};
