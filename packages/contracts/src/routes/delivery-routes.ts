import {
  deliveryDetailSchema,
  deliverySchema,
  exportDeliveriesQuerySchema,
  listDeliveriesQuerySchema,
} from '../api/deliveries.js';
import { EXPORT_DESCRIPTION, EXPORT_MEDIA_TYPES } from './export-answer.js';
import { revealRequestSchema } from '../api/common.js';
import { ALL_ROLES, defineRoute, pageOf, singleOf } from './route.js';

const READ = { roles: ALL_ROLES, scope: 'deliveries:read' } as const;
const WRITE = { roles: ALL_ROLES, scope: 'deliveries:write' } as const;

export const deliveryRoutes = {
  list: defineRoute({
    operationId: 'listDeliveries',
    method: 'GET',
    path: '/apps/{appKey}/deliveries',
    tag: 'deliveries',
    summary: { en: "Search an app's deliveries", zh: '搜索应用的投递' },
    access: READ,
    query: listDeliveriesQuerySchema,
    answer: { status: 200, schema: pageOf(deliverySchema) },
    problems: ['search_too_broad'],
  }),
  listOfWebhook: defineRoute({
    operationId: 'listWebhookDeliveries',
    method: 'GET',
    path: '/apps/{appKey}/webhooks/{webhookId}/deliveries',
    tag: 'deliveries',
    summary: { en: "Search a webhook's deliveries", zh: '搜索回调的投递' },
    access: READ,
    query: listDeliveriesQuerySchema,
    answer: { status: 200, schema: pageOf(deliverySchema) },
    problems: ['search_too_broad'],
  }),
  export: defineRoute({
    operationId: 'exportDeliveries',
    method: 'GET',
    path: '/apps/{appKey}/deliveries/export',
    tag: 'deliveries',
    summary: { en: "Download an app's deliveries", zh: '导出应用的投递' },
    description: EXPORT_DESCRIPTION,
    access: READ,
    query: exportDeliveriesQuerySchema,
    answer: { status: 200, mediaTypes: EXPORT_MEDIA_TYPES },
    problems: ['search_too_broad', 'too_many_requests'],
  }),
  exportOfWebhook: defineRoute({
    operationId: 'exportWebhookDeliveries',
    method: 'GET',
    path: '/apps/{appKey}/webhooks/{webhookId}/deliveries/export',
    tag: 'deliveries',
    summary: { en: "Download a webhook's deliveries", zh: '导出回调的投递' },
    description: EXPORT_DESCRIPTION,
    access: READ,
    query: exportDeliveriesQuerySchema,
    answer: { status: 200, mediaTypes: EXPORT_MEDIA_TYPES },
    problems: ['search_too_broad', 'too_many_requests'],
  }),
  get: defineRoute({
    operationId: 'getDelivery',
    method: 'GET',
    path: '/apps/{appKey}/deliveries/{deliveryId}',
    tag: 'deliveries',
    summary: { en: 'One delivery with its attempts', zh: '查看投递及每次尝试' },
    access: READ,
    answer: { status: 200, schema: singleOf(deliveryDetailSchema) },
  }),
  reveal: defineRoute({
    operationId: 'revealDelivery',
    method: 'POST',
    path: '/apps/{appKey}/deliveries/{deliveryId}/reveal',
    tag: 'deliveries',
    summary: { en: 'One delivery with its content', zh: '查看投递的消息内容' },
    description: {
      en: 'Support staff see content masked; this shows it, and the audit log says who asked and why.',
      zh: '客服角色默认看不到消息内容;此接口返回完整内容,并在审计日志中记录操作人和原因。',
    },
    access: READ,
    body: revealRequestSchema,
    isBodyOptional: true,
    answer: { status: 200, schema: singleOf(deliveryDetailSchema) },
  }),
  redeliver: defineRoute({
    operationId: 'redeliver',
    method: 'POST',
    path: '/apps/{appKey}/deliveries/{deliveryId}/redeliver',
    tag: 'deliveries',
    summary: { en: 'Deliver again', zh: '重新投递' },
    description: {
      en: 'A new delivery with the same `callbackId` goes out at once.',
      zh: '立即发出一个新的投递,`callbackId` 不变。',
    },
    access: WRITE,
    answer: { status: 202, schema: singleOf(deliverySchema) },
    problems: ['conflict'],
  }),
  cancel: defineRoute({
    operationId: 'cancelDelivery',
    method: 'POST',
    path: '/apps/{appKey}/deliveries/{deliveryId}/cancel',
    tag: 'deliveries',
    summary: { en: 'Cancel what still waits', zh: '取消等待中的投递' },
    access: WRITE,
    answer: { status: 200, schema: singleOf(deliverySchema) },
    problems: ['conflict'],
  }),
};
