import { revealRequestSchema } from '../api/common.js';
import {
  eventDetailSchema,
  exportEventsQuerySchema,
  listEventsQuerySchema,
  storedEventSchema,
} from '../api/event-log.js';
import { EXPORT_DESCRIPTION, EXPORT_MEDIA_TYPES } from './export-answer.js';
import { ALL_ROLES, defineRoute, pageOf, singleOf } from './route.js';

const READ = { roles: ALL_ROLES, scope: 'deliveries:read' } as const;

export const eventLogRoutes = {
  list: defineRoute({
    operationId: 'listEvents',
    method: 'GET',
    path: '/apps/{appKey}/events',
    tag: 'events',
    summary: { en: "Search an app's events", zh: '搜索应用的事件' },
    description: {
      en: 'Newest first. An event is found for as long as payloads are kept.',
      zh: '最新的在前。事件在载荷保留期内可以查到。',
    },
    access: READ,
    query: listEventsQuerySchema,
    answer: { status: 200, schema: pageOf(storedEventSchema) },
    problems: ['search_too_broad'],
  }),
  export: defineRoute({
    operationId: 'exportEvents',
    method: 'GET',
    path: '/apps/{appKey}/events/export',
    tag: 'events',
    summary: { en: "Download an app's events with their payloads", zh: '导出应用的事件及载荷' },
    description: EXPORT_DESCRIPTION,
    access: READ,
    audit: 'events.exported',
    query: exportEventsQuerySchema,
    answer: { status: 200, mediaTypes: EXPORT_MEDIA_TYPES },
    problems: ['search_too_broad', 'too_many_requests'],
  }),
  get: defineRoute({
    operationId: 'getEvent',
    method: 'GET',
    path: '/apps/{appKey}/events/{eventId}',
    tag: 'events',
    summary: { en: 'One event, and what became of it at each webhook', zh: '查看事件及其在各回调的投递情况' },
    access: READ,
    answer: { status: 200, schema: singleOf(eventDetailSchema) },
  }),
  reveal: defineRoute({
    operationId: 'revealEvent',
    method: 'POST',
    path: '/apps/{appKey}/events/{eventId}/reveal',
    tag: 'events',
    summary: { en: 'One event with its content', zh: '查看事件的消息内容' },
    description: {
      en: 'Support staff see content masked; this shows it, and the audit log says who asked and why.',
      zh: '客服角色默认看不到消息内容；此接口返回完整内容，并在审计日志中记录操作人和原因。',
    },
    access: READ,
    audit: 'event.revealed',
    body: revealRequestSchema,
    isBodyOptional: true,
    answer: { status: 200, schema: singleOf(eventDetailSchema) },
  }),
};
