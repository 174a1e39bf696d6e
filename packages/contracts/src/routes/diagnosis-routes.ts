import { tracePageSchema, traceQuerySchema } from '../api/trace.js';
import { ALL_ROLES, defineRoute } from './route.js';

export const diagnosisRoutes = {
  trace: defineRoute({
    operationId: 'traceEvents',
    method: 'GET',
    path: '/apps/{appKey}/trace',
    tag: 'insights',
    summary: { en: 'Why did it (not) arrive?', zh: '为什么没收到?' },
    description: {
      en: 'Exactly one of the ids. For each event, newest first, and each webhook of the app: what became of it, the setting that decided, every attempt with cause and advice, and what happens next. An id nobody knows is answered with an empty list and a reason.',
      zh: '只能给出其中一个 id。按从新到旧列出每个事件,以及应用的每个回调:结果如何、由当时的哪项设置决定、每次尝试的原因与建议,以及接下来会发生什么。查不到的 id 返回空列表和原因。',
    },
    access: { roles: ALL_ROLES, scope: 'deliveries:read' },
    query: traceQuerySchema,
    answer: { status: 200, schema: tracePageSchema },
  }),
};
