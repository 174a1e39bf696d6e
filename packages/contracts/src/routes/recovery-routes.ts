import { pageQuerySchema } from '../api/common.js';
import { recoverRequestSchema, recoveryEstimateSchema, recoverySchema } from '../api/recoveries.js';
import { ALL_ROLES, defineRoute, pageOf, singleOf } from './route.js';

const READ = { roles: ALL_ROLES, scope: 'deliveries:read' } as const;
const WRITE = { roles: ALL_ROLES, scope: 'deliveries:write' } as const;

const one = { status: 200, schema: singleOf(recoverySchema) } as const;

export const recoveryRoutes = {
  start: defineRoute({
    operationId: 'startRecovery',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/recover',
    tag: 'recoveries',
    summary: { en: 'Replay many deliveries', zh: '批量恢复投递' },
    description: {
      en: 'Deliveries that failed or were skipped go out again, missing ones for the first time, each with its unchanged `callbackId` and none twice. It goes on in the background, at a bounded rate and behind live deliveries. With `dryRun` it answers 200 with how many it would send and how long that takes, and starts nothing.',
      zh: '重新投递失败或被跳过的投递，或首次投递缺失的事件；`callbackId` 不变，不会重复安排。恢复在后台按限定速率进行，实时投递优先。带 `dryRun` 时返回 200，说明会发送多少条、约需多久，不会真正开始。',
    },
    access: WRITE,
    audit: 'recovery.started',
    body: recoverRequestSchema,
    answer: { status: 202, schema: singleOf(recoverySchema) },
    otherAnswer: { status: 200, schema: singleOf(recoveryEstimateSchema) },
    problems: ['conflict', 'too_many_requests'],
  }),
  list: defineRoute({
    operationId: 'listRecoveries',
    method: 'GET',
    path: '/apps/{appKey}/webhooks/{webhookId}/recoveries',
    tag: 'recoveries',
    summary: { en: "List a webhook's recoveries", zh: '列出回调的批量恢复' },
    access: READ,
    query: pageQuerySchema,
    answer: { status: 200, schema: pageOf(recoverySchema) },
  }),
  get: defineRoute({
    operationId: 'getRecovery',
    method: 'GET',
    path: '/apps/{appKey}/webhooks/{webhookId}/recoveries/{recoveryId}',
    tag: 'recoveries',
    summary: { en: 'One recovery and how far it has come', zh: '查看批量恢复的进度' },
    access: READ,
    answer: one,
  }),
  pause: defineRoute({
    operationId: 'pauseRecovery',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/recoveries/{recoveryId}/pause',
    tag: 'recoveries',
    summary: { en: 'Pause', zh: '暂停批量恢复' },
    description: {
      en: 'Deliveries that a worker has already leased are still sent; the others wait.',
      zh: '已在发送中的投递会继续，其余等待。',
    },
    access: WRITE,
    audit: 'recovery.paused',
    answer: one,
    problems: ['conflict'],
  }),
  resume: defineRoute({
    operationId: 'resumeRecovery',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/recoveries/{recoveryId}/resume',
    tag: 'recoveries',
    summary: { en: 'Go on', zh: '继续批量恢复' },
    access: WRITE,
    audit: 'recovery.resumed',
    answer: one,
    problems: ['conflict'],
  }),
  cancel: defineRoute({
    operationId: 'cancelRecovery',
    method: 'POST',
    path: '/apps/{appKey}/webhooks/{webhookId}/recoveries/{recoveryId}/cancel',
    tag: 'recoveries',
    summary: { en: 'End it early', zh: '取消批量恢复' },
    description: {
      en: 'Deliveries of it that still wait are canceled; what was delivered stays delivered.',
      zh: '其中仍在等待的投递被取消，已送达的不受影响。',
    },
    access: WRITE,
    audit: 'recovery.canceled',
    answer: one,
    problems: ['conflict'],
  }),
};
