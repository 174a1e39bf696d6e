import {
  apiTokenSchema,
  createApiTokenRequestSchema,
  createdApiTokenSchema,
  updateApiTokenRequestSchema,
} from '../api/api-tokens.js';
import { exportAuditLogQuerySchema, listAuditLogQuerySchema, listedAuditEntrySchema } from '../api/audit.js';
import { pageQuerySchema } from '../api/common.js';
import {
  createMemberRequestSchema,
  memberSchema,
  memberWithPasswordSchema,
  updateMemberRequestSchema,
} from '../api/members.js';
import { EXPORT_DESCRIPTION, EXPORT_MEDIA_TYPES } from './export-answer.js';
import { ADMIN_AND_DEVELOPER, ADMIN_ONLY, defineRoute, pageOf, singleOf } from './route.js';

const MEMBERS = { roles: ADMIN_ONLY, scope: 'members:write', isForWholeTenant: true } as const;
/** Passwords and sessions are for people alone. */
const CREDENTIALS = { roles: ADMIN_ONLY };
const TOKENS = { roles: ADMIN_AND_DEVELOPER, scope: 'tokens:write' } as const;
const AUDIT = { roles: ADMIN_ONLY, scope: 'audit:read', isForWholeTenant: true } as const;

export const memberRoutes = {
  list: defineRoute({
    operationId: 'listMembers',
    method: 'GET',
    path: '/members',
    tag: 'access',
    summary: { en: 'List members', zh: '列出成员' },
    access: MEMBERS,
    query: pageQuerySchema,
    answer: { status: 200, schema: pageOf(memberSchema) },
  }),
  create: defineRoute({
    operationId: 'createMember',
    method: 'POST',
    path: '/members',
    tag: 'access',
    summary: { en: 'Add a member', zh: '添加成员' },
    description: {
      en: 'Without a password the service makes one; the answer alone carries it.',
      zh: '不填密码时由服务生成，仅在本次响应中返回。',
    },
    access: MEMBERS,
    audit: 'member.created',
    idempotency: { secrets: ['temporaryPassword'] },
    body: createMemberRequestSchema,
    answer: { status: 201, schema: singleOf(memberWithPasswordSchema) },
    problems: ['conflict'],
  }),
  update: defineRoute({
    operationId: 'updateMember',
    method: 'PATCH',
    path: '/members/{memberId}',
    tag: 'access',
    summary: { en: 'Change a member', zh: '修改成员' },
    description: {
      en: 'A new role, or being disabled, ends the sessions of the member. Who may no longer make API tokens (disabled, or support) loses those made before.',
      zh: '变更角色或停用成员会使其会话失效。成员不再能管理 API 令牌时（停用或变为客服），其创建的令牌会被吊销。',
    },
    access: MEMBERS,
    audit: 'member.updated',
    body: updateMemberRequestSchema,
    answer: { status: 200, schema: singleOf(memberSchema) },
    problems: ['conflict'],
  }),
  delete: defineRoute({
    operationId: 'deleteMember',
    method: 'DELETE',
    path: '/members/{memberId}',
    tag: 'access',
    summary: { en: 'Remove a member', zh: '移除成员' },
    description: {
      en: 'The sessions of the member end, and the API tokens the member made are revoked.',
      zh: '该成员的会话失效，其创建的 API 令牌被吊销。',
    },
    access: MEMBERS,
    audit: 'member.deleted',
    answer: { status: 204 },
    problems: ['conflict'],
  }),
  reset: defineRoute({
    operationId: 'resetMemberPassword',
    method: 'POST',
    path: '/members/{memberId}/reset',
    tag: 'access',
    summary: { en: 'Give a member a new password', zh: '重置成员密码' },
    description: {
      en: 'Ends the sessions of the member. The answer alone carries the password.',
      zh: '该成员的会话全部失效，新密码仅在本次响应中返回。',
    },
    access: CREDENTIALS,
    audit: 'member.password_reset',
    answer: { status: 200, schema: singleOf(memberWithPasswordSchema) },
  }),
  endSessions: defineRoute({
    operationId: 'endMemberSessions',
    method: 'POST',
    path: '/members/{memberId}/sessions/revoke',
    tag: 'access',
    summary: { en: 'End all sessions of a member', zh: '结束成员的全部会话' },
    access: CREDENTIALS,
    audit: 'member.sessions_revoked',
    answer: { status: 204 },
  }),
};

export const apiTokenRoutes = {
  list: defineRoute({
    operationId: 'listApiTokens',
    method: 'GET',
    path: '/api-tokens',
    tag: 'access',
    summary: { en: 'List API tokens', zh: '列出 API 令牌' },
    access: TOKENS,
    query: pageQuerySchema,
    answer: { status: 200, schema: pageOf(apiTokenSchema) },
  }),
  create: defineRoute({
    operationId: 'createApiToken',
    method: 'POST',
    path: '/api-tokens',
    tag: 'access',
    summary: { en: 'Create an API token', zh: '创建 API 令牌' },
    description: {
      en: 'The answer alone carries the token. Nobody gives a token more than they have: a member the scopes of their role, a token its own scopes, the app it is bound to, and no longer than it is valid itself.',
      zh: '令牌仅在本次响应中返回。授予的权限不能超过自身：成员不能超过其角色，令牌不能超过自己的权限、绑定的应用与有效期。',
    },
    access: TOKENS,
    audit: 'api_token.created',
    idempotency: { secrets: ['token'] },
    body: createApiTokenRequestSchema,
    answer: { status: 201, schema: singleOf(createdApiTokenSchema) },
  }),
  update: defineRoute({
    operationId: 'updateApiToken',
    method: 'PATCH',
    path: '/api-tokens/{tokenId}',
    tag: 'access',
    summary: { en: 'Rename an API token or move its expiry', zh: '重命名 API 令牌或修改有效期' },
    access: TOKENS,
    audit: 'api_token.updated',
    body: updateApiTokenRequestSchema,
    answer: { status: 200, schema: singleOf(apiTokenSchema) },
  }),
  revoke: defineRoute({
    operationId: 'revokeApiToken',
    method: 'DELETE',
    path: '/api-tokens/{tokenId}',
    tag: 'access',
    summary: { en: 'Revoke an API token', zh: '吊销 API 令牌' },
    access: TOKENS,
    audit: 'api_token.revoked',
    answer: { status: 204 },
  }),
};

export const auditRoutes = {
  list: defineRoute({
    operationId: 'listAuditLog',
    method: 'GET',
    path: '/audit-log',
    tag: 'access',
    summary: { en: 'Who did what', zh: '审计日志' },
    access: AUDIT,
    query: listAuditLogQuerySchema,
    answer: { status: 200, schema: pageOf(listedAuditEntrySchema) },
  }),
  export: defineRoute({
    operationId: 'exportAuditLog',
    method: 'GET',
    path: '/audit-log/export',
    tag: 'access',
    summary: { en: 'Download the audit log', zh: '导出审计日志' },
    description: EXPORT_DESCRIPTION,
    access: AUDIT,
    audit: 'audit_log.exported',
    query: exportAuditLogQuerySchema,
    answer: { status: 200, mediaTypes: EXPORT_MEDIA_TYPES },
    problems: ['too_many_requests'],
  }),
};
