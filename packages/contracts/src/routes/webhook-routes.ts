import { revealRequestSchema } from '../api/common.js';
import { activateSecretRequestSchema, secretRotationSchema } from '../api/secrets.js';
import { listRevisionsQuerySchema, webhookRevisionSchema } from '../api/webhook-revisions.js';
import { disableWebhookRequestSchema, webhookStateSchema } from '../api/webhook-state.js';
import {
  createWebhookRequestSchema,
  listWebhooksQuerySchema,
  revealedWebhookSecretSchema,
  revealedWebhookUrlSchema,
  stagedWebhookSecretSchema,
  stageWebhookSecretRequestSchema,
  testWebhookRequestSchema,
  testWebhookResultSchema,
  updateWebhookRequestSchema,
  webhookPageSchema,
  webhookSchema,
} from '../api/webhooks.js';
import { ADMIN_AND_DEVELOPER, ALL_ROLES, defineRoute, pageOf, singleOf } from './route.js';

const READ = { roles: ALL_ROLES, scope: 'webhooks:read' } as const;
const WRITE = { roles: ADMIN_AND_DEVELOPER, scope: 'webhooks:write' } as const;
const SECRETS = { roles: ADMIN_AND_DEVELOPER };

const ETAG = {
  ETag: {
    en: 'The revision of the settings, in double quotes: what `If-Match` takes.',
    zh: '设置的版本号,带双引号,可用于 `If-Match`。',
  },
};
const IF_MATCH = {
  'If-Match': {
    en: 'The ETag of the webhook the change was made for. When somebody changed it since, nothing is done and the answer is 412. Absent or `*`: no check.',
    zh: '修改所依据的 ETag。若其间已被他人修改,则不做任何改动并返回 412。缺省或 `*` 表示不检查。',
  },
};

const one = { status: 200, schema: singleOf(webhookSchema), headers: ETAG } as const;
const state = { status: 200, schema: singleOf(webhookStateSchema), headers: ETAG } as const;

export const webhookRoutes = {
  list: defineRoute({
    operationId: 'listWebhooks',
    method: 'GET',
    path: '/apps/{appKey}/webhooks',
    tag: 'webhooks',
    summary: { en: 'List webhooks', zh: '列出回调' },
    access: READ,
    query: listWebhooksQuerySchema,
    answer: { status: 200, schema: webhookPageSchema },
  }),
  revisions: defineRoute({
    operationId: 'listWebhookRevisions',
    method: 'GET',
    path: '/apps/{appKey}/webhooks/{webhookId}/revisions',
    tag: 'webhooks',
    summary: { en: 'Who changed which setting when', zh: '设置修改历史' },
    description: {
      en: 'Newest first; of a deleted webhook too. Secrets are never part of it, only that one was set, staged, activated or removed.',
      zh: '按时间倒序;已删除的回调也可查询。不包含密钥,只记录密钥被设置、暂存、启用或移除。',
    },
    access: READ,
    query: listRevisionsQuerySchema,
    answer: { status: 200, schema: pageOf(webhookRevisionSchema) },
  }),
  create: defineRoute({
    operationId: 'createWebhook',
    method: 'POST',
    path: '/apps/{appKey}/webhooks',
    tag: 'webhooks',
    summary: { en: 'Add a webhook', zh: '新增回调' },
    description: {
      en: 'Only `url` is needed. The address is refused when it is not public.',
      zh: '只需要 `url`。非公网地址会被拒绝。',
    },
    access: WRITE,
    body: createWebhookRequestSchema,
    answer: { status: 201, schema: singleOf(webhookSchema), headers: ETAG },
  }),
  get: defineRoute({
    operationId: 'getWebhook',
    method: 'GET',
    path: '/apps/{appKey}/webhooks/{webhookId}',
    tag: 'webhooks',
    summary: { en: 'One webhook', zh: '查看回调' },
    access: READ,
    answer: one,
  }),
  update: defineRoute({
    operationId: 'updateWebhook',
    method: 'PATCH',
    path: '/apps/{appKey}/webhooks/{webhookId}',
    tag: 'webhooks',
    summary: { en: 'Change a webhook', zh: '修改回调' },
    description: {
      en: 'Absent fields stay. An absent or empty `secret` leaves it unchanged, `null` removes it. A `url` that is masked (`****`) is refused. `enabled: false` is `POST …/disable` that keeps what waits. A new `retryPolicy` reaches what waits already: the next attempt comes no later than the policy would have it, and what has had all its attempts has one more.',
      zh: '未给出的字段保持不变。`secret` 缺省或为空表示不修改,`null` 表示移除。含掩码(`****`)的 `url` 会被拒绝。`enabled: false` 等同于 `POST …/disable` 并保留等待中的投递。新的 `retryPolicy` 对已在等待的投递同样生效:下次尝试不会晚于新策略的安排;次数已用完的再尝试一次。',
    },
    access: WRITE,
    headers: IF_MATCH,
    body: updateWebhookRequestSchema,
    answer: one,
    problems: ['precondition_failed'],
  }),
  delete: defineRoute({
    operationId: 'deleteWebhook',
    method: 'DELETE',
    path: '/apps/{appKey}/webhooks/{webhookId}',
    tag: 'webhooks',
    summary: { en: 'Delete a webhook', zh: '删除回调' },
    description: { en: 'What waits for it is canceled.', zh: '等待中的投递被取消。' },
    access: WRITE,
    headers: IF_MATCH,
    answer: { status: 204 },
    problems: ['precondition_failed', 'invalid_input'],
  }),
  test: defineRoute({
    operationId: 'testWebhook',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/test',
    tag: 'webhooks',
    summary: { en: 'Send a test now', zh: '立即发送测试' },
    description: {
      en: 'Waits for the attempt and answers how it went.',
      zh: '等待投递完成并返回结果。',
    },
    access: WRITE,
    body: testWebhookRequestSchema,
    isBodyOptional: true,
    answer: { status: 200, schema: singleOf(testWebhookResultSchema) },
  }),
  enable: defineRoute({
    operationId: 'enableWebhook',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/enable',
    tag: 'webhooks',
    summary: { en: 'Enable a webhook', zh: '启用回调' },
    description: {
      en: 'What waits goes out; what was skipped meanwhile can be recovered. The breaker is closed. A pause by a person stays until it is resumed.',
      zh: '等待中的投递会发出;停用期间跳过的可以恢复。熔断关闭。人为的暂停仍需另行恢复。',
    },
    access: WRITE,
    headers: IF_MATCH,
    answer: state,
    problems: ['precondition_failed', 'invalid_input'],
  }),
  disable: defineRoute({
    operationId: 'disableWebhook',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/disable',
    tag: 'webhooks',
    summary: { en: 'Disable a webhook', zh: '停用回调' },
    description: {
      en: 'Events that come while it is disabled are kept as skipped and can be recovered. What waits already goes on waiting and goes out once the webhook is enabled again, or is canceled when its retention is over; with `waiting: "cancel"` it is canceled now.',
      zh: '停用期间的事件记为已跳过,之后可以恢复。已在等待的投递继续等待,重新启用后发出;超过保留期则取消。`waiting: "cancel"` 表示立即取消。',
    },
    access: WRITE,
    headers: IF_MATCH,
    body: disableWebhookRequestSchema,
    isBodyOptional: true,
    answer: state,
    problems: ['precondition_failed'],
  }),
  pause: defineRoute({
    operationId: 'pauseWebhook',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/pause',
    tag: 'webhooks',
    summary: { en: 'Pause a webhook', zh: '暂停回调' },
    description: {
      en: 'For maintenance: deliveries wait, in order, with their attempts untouched, and new events wait with them, until the webhook is resumed. Tests, redeliveries and single deliveries that a person sends now go out all the same.',
      zh: '用于维护:投递按顺序等待,不消耗尝试次数,新事件一同等待,直到恢复。测试、重新投递和人工立即发送的单条投递不受影响。',
    },
    access: WRITE,
    headers: IF_MATCH,
    answer: state,
    problems: ['precondition_failed', 'invalid_input'],
  }),
  resume: defineRoute({
    operationId: 'resumeWebhook',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/resume',
    tag: 'webhooks',
    summary: { en: 'End a pause and close the breaker now', zh: '立即恢复投递' },
    description: {
      en: 'What waits goes out, slowly at first.',
      zh: '结束人为的暂停并关闭熔断;等待中的投递开始发送,起初较慢。',
    },
    access: WRITE,
    headers: IF_MATCH,
    answer: state,
    problems: ['precondition_failed', 'invalid_input'],
  }),
  revealUrl: defineRoute({
    operationId: 'revealWebhookUrl',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/url/reveal',
    tag: 'webhooks',
    summary: { en: 'Show the whole callback URL', zh: '查看完整的回调地址' },
    description: {
      en: 'Support staff and API tokens without `webhooks:write` see URLs with `****` in the place of what may be a token. This answers the whole one; the audit log says who asked and why.',
      zh: '客服角色以及没有 `webhooks:write` 权限的 API 令牌看到的地址中,可能是令牌的部分显示为 `****`。此接口返回完整地址,并在审计日志中记录操作人和原因。',
    },
    access: READ,
    body: revealRequestSchema,
    isBodyOptional: true,
    answer: { status: 200, schema: singleOf(revealedWebhookUrlSchema) },
  }),
  revealSecret: defineRoute({
    operationId: 'revealWebhookSecret',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/secret/reveal',
    tag: 'webhooks',
    summary: { en: "Show the webhook's secret", zh: '查看回调密钥' },
    description: { en: 'Audited.', zh: '会记入审计日志。' },
    access: SECRETS,
    answer: { status: 200, schema: singleOf(revealedWebhookSecretSchema) },
  }),
  stageSecret: defineRoute({
    operationId: 'stageWebhookSecret',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/secret/stage',
    tag: 'webhooks',
    summary: { en: "Begin to rotate the webhook's secret", zh: '开始轮换回调密钥' },
    access: SECRETS,
    body: stageWebhookSecretRequestSchema,
    isBodyOptional: true,
    answer: { status: 200, schema: singleOf(stagedWebhookSecretSchema) },
    problems: ['conflict'],
  }),
  activateSecret: defineRoute({
    operationId: 'activateWebhookSecret',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/secret/activate',
    tag: 'webhooks',
    summary: { en: "Take the webhook's next secret into use", zh: '启用新的回调密钥' },
    access: SECRETS,
    body: activateSecretRequestSchema,
    isBodyOptional: true,
    answer: { status: 200, schema: singleOf(secretRotationSchema) },
    problems: ['conflict'],
  }),
};
