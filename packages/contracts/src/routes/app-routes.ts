import {
  appSchema,
  appSummarySchema,
  createAppRequestSchema,
  createdAppSchema,
  revealedAppSecretSchema,
  stagedAppSecretSchema,
  updateAppRequestSchema,
} from '../api/apps.js';
import { pageQuerySchema } from '../api/common.js';
import { activateSecretRequestSchema, secretRotationSchema } from '../api/secrets.js';
import { ADMIN_AND_DEVELOPER, ADMIN_ONLY, ALL_ROLES, defineRoute, pageOf, singleOf } from './route.js';

const READ = { roles: ALL_ROLES, scope: 'apps:read', widerScope: 'webhooks:read' } as const;
const ADMINISTER = { roles: ADMIN_ONLY, scope: 'apps:write' } as const;
const ROTATE = { roles: ADMIN_ONLY, scope: 'secrets:rotate' } as const;

export const appRoutes = {
  list: defineRoute({
    operationId: 'listApps',
    method: 'GET',
    path: '/apps',
    tag: 'apps',
    summary: { en: 'List apps', zh: '列出应用' },
    access: READ,
    query: pageQuerySchema,
    answer: { status: 200, schema: pageOf(appSummarySchema) },
  }),
  create: defineRoute({
    operationId: 'createApp',
    method: 'POST',
    path: '/apps',
    tag: 'apps',
    summary: { en: 'Create an app', zh: '创建应用' },
    description: {
      en: 'The answer carries the AppSecret; later only an audited reveal does.',
      zh: '响应中包含 AppSecret，之后只能通过有审计的查看获取。',
    },
    access: { ...ADMINISTER, isForWholeTenant: true },
    audit: 'app.created',
    idempotency: { secrets: ['appSecret'] },
    body: createAppRequestSchema,
    answer: { status: 201, schema: singleOf(createdAppSchema) },
    problems: ['conflict', 'external_id_taken'],
  }),
  get: defineRoute({
    operationId: 'getApp',
    method: 'GET',
    path: '/apps/{appKey}',
    tag: 'apps',
    summary: { en: 'One app', zh: '查看应用' },
    access: READ,
    answer: { status: 200, schema: singleOf(appSchema) },
  }),
  update: defineRoute({
    operationId: 'updateApp',
    method: 'PATCH',
    path: '/apps/{appKey}',
    tag: 'apps',
    summary: { en: 'Change an app', zh: '修改应用' },
    access: ADMINISTER,
    audit: 'app.updated',
    body: updateAppRequestSchema,
    answer: { status: 200, schema: singleOf(appSchema) },
    problems: ['conflict', 'external_id_taken'],
  }),
  delete: defineRoute({
    operationId: 'deleteApp',
    method: 'DELETE',
    path: '/apps/{appKey}',
    tag: 'apps',
    summary: { en: 'Delete an app', zh: '删除应用' },
    description: {
      en: 'Its webhooks go with it and waiting deliveries are canceled.',
      zh: '其回调一并删除，等待中的投递被取消。',
    },
    access: ADMINISTER,
    audit: 'app.deleted',
    answer: { status: 204 },
  }),
  revealSecret: defineRoute({
    operationId: 'revealAppSecret',
    method: 'POST',
    path: '/apps/{appKey}/secret/reveal',
    tag: 'apps',
    summary: { en: 'Show the AppSecret', zh: '查看 AppSecret' },
    description: { en: 'Audited.', zh: '会记入审计日志。' },
    access: { ...ROTATE, roles: ADMIN_AND_DEVELOPER },
    audit: 'app.secret_revealed',
    answer: { status: 200, schema: singleOf(revealedAppSecretSchema) },
  }),
  stageSecret: defineRoute({
    operationId: 'stageAppSecret',
    method: 'POST',
    path: '/apps/{appKey}/secret/stage',
    tag: 'apps',
    summary: { en: 'Begin to rotate the AppSecret', zh: '开始轮换 AppSecret' },
    description: {
      en: 'A next secret exists from now on and callbacks carry `X-App-Signature-Next`.',
      zh: '生成新的 AppSecret，回调开始携带 `X-App-Signature-Next`。',
    },
    access: ROTATE,
    audit: 'app.secret_staged',
    answer: { status: 200, schema: singleOf(stagedAppSecretSchema) },
  }),
  activateSecret: defineRoute({
    operationId: 'activateAppSecret',
    method: 'POST',
    path: '/apps/{appKey}/secret/activate',
    tag: 'apps',
    summary: { en: 'Take the next AppSecret into use', zh: '启用新的 AppSecret' },
    description: {
      en: 'The old one goes on as `X-App-Signature-Previous` for the overlap.',
      zh: '旧密钥在重叠期内继续以 `X-App-Signature-Previous` 提供。',
    },
    access: ROTATE,
    audit: 'app.secret_activated',
    body: activateSecretRequestSchema,
    isBodyOptional: true,
    answer: { status: 200, schema: singleOf(secretRotationSchema) },
    problems: ['conflict'],
  }),
};
