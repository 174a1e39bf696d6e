import { z } from 'zod';
import { defineRoute } from './route.js';

export const operationsRoutes = {
  live: defineRoute({
    operationId: 'getLiveness',
    method: 'GET',
    path: '/healthz',
    tag: 'operations',
    summary: { en: 'The process lives', zh: '进程存活' },
    access: 'public',
    answer: { status: 200, schema: z.object({ status: z.literal('ok') }) },
    isOutsideOfApi: true,
  }),
  ready: defineRoute({
    operationId: 'getReadiness',
    method: 'GET',
    path: '/readyz',
    tag: 'operations',
    summary: { en: 'Events can be accepted', zh: '可以接收事件' },
    description: {
      en: 'PostgreSQL answers. Redis only makes delivery fast, so its absence is reported, but does not fail readiness.',
      zh: 'PostgreSQL 可用即就绪。Redis 只影响速度，不可用时会说明。',
    },
    access: 'public',
    answer: {
      status: 200,
      schema: z.object({
        status: z.literal('ok'),
        database: z.literal('ok'),
        queue: z.enum(['ok', 'unavailable']),
      }),
    },
    isOutsideOfApi: true,
  }),
  metrics: defineRoute({
    operationId: 'getMetrics',
    method: 'GET',
    path: '/metrics',
    tag: 'operations',
    summary: { en: 'Metrics for Prometheus', zh: 'Prometheus 指标' },
    description: {
      en: 'Behind `METRICS_TOKEN` when that is set.',
      zh: '设置 `METRICS_TOKEN` 后需要携带令牌。',
    },
    access: 'public',
    answer: { status: 200, mediaTypes: ['text/plain'] },
    problems: ['unauthenticated'],
    isOutsideOfApi: true,
  }),
};
