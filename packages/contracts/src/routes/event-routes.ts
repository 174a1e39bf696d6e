import { z } from 'zod';
import {
  BATCH_LIMIT_EVENTS,
  IDEMPOTENCY_HEADER,
  ingestedBatchSchema,
  ingestedEventSchema,
  ingestEventRequestSchema,
} from '../api/events.js';
import { ADMIN_AND_DEVELOPER, defineRoute, singleOf } from './route.js';

const SUBMIT = { roles: ADMIN_AND_DEVELOPER, scope: 'events:write', allowsAppSignature: true } as const;

export const eventRoutes = {
  submit: defineRoute({
    operationId: 'submitEvent',
    method: 'POST',
    path: '/apps/{appKey}/events',
    tag: 'events',
    summary: { en: 'Send an event', zh: '提交事件' },
    description: {
      en: 'Answered after the event and its deliveries are stored. The same `id` (or `Idempotency-Key`) with the same content answers what the first one was answered. After a 503 the event may or may not be stored: send it again with its `id`.',
      zh: '事件及其投递落库后才返回。相同 `id`（或 `Idempotency-Key`）且内容相同时返回首次的结果。收到 503 时事件可能已经保存，请带同一个 `id` 重新提交。',
    },
    access: SUBMIT,
    headers: {
      [IDEMPOTENCY_HEADER]: {
        en: 'In place of `id` in the body.',
        zh: '可替代请求体中的 `id`。',
      },
    },
    body: ingestEventRequestSchema,
    // The schemas of the tenant's event types apply to its data.
    checksOwnBody: true,
    answer: { status: 202, schema: singleOf(ingestedEventSchema) },
    problems: ['idempotency_conflict'],
  }),
  submitBatch: defineRoute({
    operationId: 'submitEvents',
    method: 'POST',
    path: '/apps/{appKey}/events/batch',
    tag: 'events',
    summary: { en: 'Send up to 1,000 events', zh: '批量提交事件（最多 1,000 条）' },
    description: {
      en: 'Each item is answered by itself; a bad one does not stop the others. Items have the form of a single event.',
      zh: '逐条返回结果，单条有误不影响其他。每条的格式与单个事件相同。',
    },
    access: SUBMIT,
    // Items are checked one by one, so that a bad one does not stop the others.
    body: z.strictObject({ events: z.array(z.unknown()).min(1).max(BATCH_LIMIT_EVENTS) }),
    checksOwnBody: true,
    answer: { status: 202, schema: singleOf(ingestedBatchSchema) },
  }),
};
