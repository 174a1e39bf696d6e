import { z } from 'zod';
import {
  createEventTypeRequestSchema,
  eventTypeSchema,
  eventTypeVersionSchema,
  listEventTypesQuerySchema,
  listEventTypeVersionsQuerySchema,
  updateEventTypeRequestSchema,
} from '../api/event-types.js';
import { eventTypeSubscribersSchema, eventTypeUsageSchema } from '../api/event-type-usage.js';
import { eventTypePackSchema, installedPackSchema } from '../api/event-type-packs.js';
import { ADMIN_AND_DEVELOPER, ALL_ROLES, defineRoute, pageOf, singleOf } from './route.js';

const READ = { roles: ALL_ROLES, scope: 'webhooks:read' } as const;
const READ_WHOLE_TENANT = { ...READ, isForWholeTenant: true } as const;
const WRITE = {
  roles: ADMIN_AND_DEVELOPER,
  scope: 'event-types:write',
  widerScope: 'webhooks:write',
  isForWholeTenant: true,
} as const;

const one = { status: 200, schema: singleOf(eventTypeSchema) } as const;

export const eventTypeRoutes = {
  list: defineRoute({
    operationId: 'listEventTypes',
    method: 'GET',
    path: '/event-types',
    tag: 'event-types',
    summary: { en: 'List event types', zh: '列出事件类型' },
    description: { en: 'Built-in ones and your own, by name.', zh: '包含内置与自定义事件类型，按名称排序。' },
    access: READ,
    query: listEventTypesQuerySchema,
    answer: { status: 200, schema: pageOf(eventTypeSchema) },
  }),
  create: defineRoute({
    operationId: 'createEventType',
    method: 'POST',
    path: '/event-types',
    tag: 'event-types',
    summary: { en: 'Define an event type', zh: '新增事件类型' },
    description: {
      en: 'Events of this name are accepted from then on when their `data` fits the schema: JSON Schema 2020-12 without recursion, references only to `#/$defs/…`, and patterns without lookaround or backreferences.',
      zh: '之后即可提交该名称的事件，其 `data` 必须符合 Schema（JSON Schema 2020-12，不支持递归，`$ref` 只能指向 `#/$defs/…`，正则不支持环视与反向引用）。',
    },
    access: WRITE,
    audit: 'event_type.created',
    idempotency: { secrets: [] },
    body: createEventTypeRequestSchema,
    answer: { status: 201, schema: singleOf(eventTypeSchema) },
    problems: ['conflict', 'external_id_taken'],
  }),
  get: defineRoute({
    operationId: 'getEventType',
    method: 'GET',
    path: '/event-types/{eventName}',
    tag: 'event-types',
    summary: { en: 'One event type', zh: '查看事件类型' },
    access: READ,
    answer: one,
  }),
  update: defineRoute({
    operationId: 'updateEventType',
    method: 'PATCH',
    path: '/event-types/{eventName}',
    tag: 'event-types',
    summary: { en: 'Change an event type', zh: '修改事件类型' },
    description: {
      en: 'Another schema makes a new version. Built-in event types cannot be changed (403).',
      zh: 'Schema 变化时产生新版本。内置事件类型不可修改（403）。',
    },
    access: WRITE,
    audit: 'event_type.updated',
    body: updateEventTypeRequestSchema,
    answer: one,
    problems: ['conflict', 'external_id_taken'],
  }),
  delete: defineRoute({
    operationId: 'deleteEventType',
    method: 'DELETE',
    path: '/event-types/{eventName}',
    tag: 'event-types',
    summary: { en: 'Delete an event type', zh: '删除事件类型' },
    description: {
      en: 'Refused (409) while a webhook names it among its events; families such as `order.*` do not count. What was accepted already is delivered.',
      zh: '若有回调在事件列表中写明该事件，则拒绝删除（409）；`order.*` 这类事件族不算。已接收的事件照常投递。',
    },
    access: WRITE,
    audit: 'event_type.deleted',
    answer: { status: 204 },
    problems: ['conflict'],
  }),
  listPacks: defineRoute({
    operationId: 'listEventTypePacks',
    method: 'GET',
    path: '/event-type-packs',
    tag: 'event-types',
    summary: { en: 'Packs of event types to install', zh: '可安装的事件类型包' },
    access: READ,
    answer: { status: 200, schema: z.object({ data: z.array(eventTypePackSchema) }) },
  }),
  installPack: defineRoute({
    operationId: 'installEventTypePack',
    method: 'POST',
    path: '/event-type-packs/{packName}/install',
    tag: 'event-types',
    summary: { en: 'Install a pack of event types', zh: '安装事件类型包' },
    description: {
      en: 'Adds the event types that the tenant does not have; those it has stay as they are. Names of built-in event types are overridden with schemas that accept any object.',
      zh: '添加租户尚没有的事件类型，已有的保持不变。内置事件类型的名称由接受任意对象的 Schema 覆盖。',
    },
    access: WRITE,
    audit: 'event_type_pack.installed',
    answer: { status: 200, schema: singleOf(installedPackSchema) },
    problems: ['conflict'],
  }),
  versions: defineRoute({
    operationId: 'listEventTypeVersions',
    method: 'GET',
    path: '/event-types/{eventName}/versions',
    tag: 'event-types',
    summary: { en: 'Versions of a schema', zh: '事件类型的历史版本' },
    description: {
      en: 'Newest first; of a deleted event type too. Built-in ones have none.',
      zh: '按版本倒序；已删除的类型也可查询。内置事件类型没有版本。',
    },
    access: READ,
    query: listEventTypeVersionsQuerySchema,
    answer: { status: 200, schema: pageOf(eventTypeVersionSchema) },
  }),
  listUsage: defineRoute({
    operationId: 'listEventTypeUsage',
    method: 'GET',
    path: '/event-type-usage',
    tag: 'event-types',
    summary: { en: 'Subscribers and volume of event types', zh: '事件类型的订阅与投递量' },
    description: {
      en: 'All event types by name, without their schemas, with the number of webhooks that want them and the deliveries of the last 24 hours, in all apps of the tenant.',
      zh: '按名称列出全部事件类型（不含 Schema），以及租户所有应用中订阅它的回调数和最近 24 小时的投递数。',
    },
    access: READ_WHOLE_TENANT,
    answer: { status: 200, schema: z.object({ data: z.array(eventTypeUsageSchema) }) },
    problems: ['search_too_broad'],
  }),
  getUsage: defineRoute({
    operationId: 'getEventTypeUsage',
    method: 'GET',
    path: '/event-type-usage/{eventName}',
    tag: 'event-types',
    summary: { en: 'Subscribers and volume of one event type', zh: '查看事件类型的订阅与投递量' },
    description: {
      en: 'Names up to 100 of the webhooks that want its events, and says how many of them have to be changed before it can be deleted.',
      zh: '列出至多 100 个订阅它的回调，并给出删除前须先修改的回调数。',
    },
    access: READ_WHOLE_TENANT,
    answer: { status: 200, schema: singleOf(eventTypeSubscribersSchema) },
    problems: ['search_too_broad'],
  }),
};
