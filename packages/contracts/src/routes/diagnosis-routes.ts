import { checkupSchema } from '../api/checkup.js';
import { explainedSignatureSchema, explainSignatureRequestSchema } from '../api/signature-explanation.js';
import { tracePageSchema, traceQuerySchema } from '../api/trace.js';
import { ADMIN_AND_DEVELOPER, ALL_ROLES, defineRoute, singleOf } from './route.js';

export const diagnosisRoutes = {
  trace: defineRoute({
    operationId: 'traceEvents',
    method: 'GET',
    path: '/apps/{appKey}/trace',
    tag: 'insights',
    summary: { en: 'Why did it (not) arrive?', zh: '为什么没收到？' },
    description: {
      en: 'Exactly one of the ids. For each event, newest first, and each webhook of the app: what became of it, the setting that decided, every attempt with cause and advice, and what happens next. An unknown id is answered with an empty list and a reason.',
      zh: '只能给出其中一个 id。按从新到旧列出每个事件，以及应用的每个回调：结果如何、由当时的哪项设置决定、每次尝试的原因与建议，以及接下来会发生什么。查不到的 id 返回空列表和原因。',
    },
    access: { roles: ALL_ROLES, scope: 'deliveries:read' },
    query: traceQuerySchema,
    answer: { status: 200, schema: tracePageSchema },
  }),
  explainSignature: defineRoute({
    operationId: 'explainSignature',
    method: 'POST',
    path: '/apps/{appKey}/signature/explain',
    tag: 'insights',
    summary: { en: 'Which part of a signature differs?', zh: '签名哪里不对？' },
    description: {
      en: 'Takes a signed request apart, as received by a receiver or sent to the API, with `X-App-*` or Standard Webhooks headers. Without `secret` the live secrets of the app and its webhooks are tried; the answer names the one that fits and shows none.',
      zh: '拆解一个签名请求（接收方收到的，或发给 API 的），支持 `X-App-*` 和 Standard Webhooks 请求头。不给 `secret` 时会尝试应用及其回调当前有效的密钥；只说明是哪一个相符，不会显示密钥。',
    },
    access: { roles: ADMIN_AND_DEVELOPER, scope: 'webhooks:read' },
    body: explainSignatureRequestSchema,
    answer: { status: 200, schema: singleOf(explainedSignatureSchema) },
  }),
  checkUp: defineRoute({
    operationId: 'checkUpWebhook',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/checkup',
    tag: 'insights',
    summary: { en: 'Check the receiver up', zh: '体检接收方' },
    description: {
      en: 'Sends a few `test.ping` callbacks marked by the header `X-App-Checkup`, right and wrong ones, within 30 seconds, and answers a score card. They stand in no log and count for nothing: not for health, breaker, statistics or alerts. Once in 30 seconds for each webhook.',
      zh: '在 30 秒内发送若干带 `X-App-Checkup` 请求头的 `test.ping` 回调（有正确的，也有故意出错的），返回评分卡。这些请求不进入投递日志，也不影响健康状态、熔断、统计和告警。每个回调 30 秒内只能体检一次。',
    },
    access: { roles: ADMIN_AND_DEVELOPER, scope: 'webhooks:write' },
    audit: 'webhook.checked_up',
    answer: { status: 200, schema: singleOf(checkupSchema) },
    problems: ['too_many_requests'],
  }),
};
