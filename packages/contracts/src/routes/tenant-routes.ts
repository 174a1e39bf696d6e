import { pageQuerySchema } from '../api/common.js';
import {
  createdTenantSchema,
  createTenantRequestSchema,
  ownTenantSchema,
  tenantSchema,
  updateOwnTenantRequestSchema,
  updateTenantRequestSchema,
} from '../api/tenants.js';
import { ADMIN_ONLY, ALL_ROLES, defineRoute, pageOf, singleOf } from './route.js';

const OPERATORS = {
  roles: ADMIN_ONLY,
  scope: 'tenants:write',
  isForOperators: true,
  isForWholeTenant: true,
} as const;

export const tenantRoutes = {
  list: defineRoute({
    operationId: 'listTenants',
    method: 'GET',
    path: '/tenants',
    tag: 'tenants',
    summary: { en: 'List the tenants of this installation', zh: '列出本系统的租户' },
    description: {
      en: 'For operators. What is in a tenant stays its own.',
      zh: '仅限运营者。租户内的数据不可见。',
    },
    access: OPERATORS,
    query: pageQuerySchema,
    answer: { status: 200, schema: pageOf(tenantSchema) },
  }),
  create: defineRoute({
    operationId: 'createTenant',
    method: 'POST',
    path: '/tenants',
    tag: 'tenants',
    summary: { en: 'Add a tenant with its first admin', zh: '新增租户及其首位管理员' },
    description: {
      en: 'The answer alone carries the admin’s temporary password.',
      zh: '管理员的临时密码仅在本次响应中返回。',
    },
    access: OPERATORS,
    audit: 'tenant.created',
    idempotency: { secrets: ['temporaryPassword'] },
    body: createTenantRequestSchema,
    answer: { status: 201, schema: singleOf(createdTenantSchema) },
  }),
  get: defineRoute({
    operationId: 'getTenant',
    method: 'GET',
    path: '/tenants/{tenantId}',
    tag: 'tenants',
    summary: { en: 'Get a tenant', zh: '查看租户' },
    access: OPERATORS,
    answer: { status: 200, schema: singleOf(tenantSchema) },
  }),
  update: defineRoute({
    operationId: 'updateTenant',
    method: 'PATCH',
    path: '/tenants/{tenantId}',
    tag: 'tenants',
    summary: { en: 'Rename a tenant, suspend it or let it go on', zh: '重命名、停用或恢复租户' },
    description: {
      en: 'Suspending ends all sessions of the tenant at once; what was accepted before is still delivered.',
      zh: '停用会立即结束该租户的全部会话；此前已接收的事件仍会投递。',
    },
    access: OPERATORS,
    audit: 'tenant.updated',
    body: updateTenantRequestSchema,
    answer: { status: 200, schema: singleOf(tenantSchema) },
    problems: ['conflict'],
  }),
};

export const ownTenantRoutes = {
  get: defineRoute({
    operationId: 'getOwnTenant',
    method: 'GET',
    path: '/tenant',
    tag: 'tenants',
    summary: { en: 'Get your own tenant', zh: '查看自己的租户' },
    access: { roles: ALL_ROLES, scope: 'members:write', isForWholeTenant: true },
    answer: { status: 200, schema: singleOf(ownTenantSchema) },
  }),
  update: defineRoute({
    operationId: 'updateOwnTenant',
    method: 'PATCH',
    path: '/tenant',
    tag: 'tenants',
    summary: { en: 'Change your own tenant', zh: '修改自己的租户' },
    access: { roles: ADMIN_ONLY },
    audit: 'tenant.updated',
    body: updateOwnTenantRequestSchema,
    answer: { status: 200, schema: singleOf(ownTenantSchema) },
    problems: ['conflict'],
  }),
};
