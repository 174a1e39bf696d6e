import { pageQuerySchema } from '../api/common.js';
import {
  createdPortalLinkSchema,
  createPortalLinkRequestSchema,
  openPortalRequestSchema,
  portalLinkSchema,
  portalSessionSchema,
} from '../api/portal-links.js';
import { ADMIN_AND_DEVELOPER, defineRoute, pageOf, singleOf } from './route.js';

const MANAGE = { roles: ADMIN_AND_DEVELOPER, scope: 'webhooks:write' } as const;

export const portalRoutes = {
  list: defineRoute({
    operationId: 'listPortalLinks',
    method: 'GET',
    path: '/apps/{appKey}/portal-links',
    tag: 'portal',
    summary: { en: 'List portal links', zh: '列出门户链接' },
    description: {
      en: 'Newest first. Expired ones are listed for a week.',
      zh: '按创建时间倒序。已过期的链接保留一周。',
    },
    access: MANAGE,
    query: pageQuerySchema,
    answer: { status: 200, schema: pageOf(portalLinkSchema) },
  }),
  create: defineRoute({
    operationId: 'createPortalLink',
    method: 'POST',
    path: '/apps/{appKey}/portal-links',
    tag: 'portal',
    summary: { en: 'Create a portal link', zh: '创建门户链接' },
    description: {
      en: "A link for a customer's developer, who needs no account: it shows the webhooks it names, and nothing else. `read` shows the delivery log with URLs and message content masked, `content` shows the content, `redeliver` and `test` allow just that. An API token gives what it has itself: `read` takes `webhooks:read` and `deliveries:read`, `redeliver` takes `deliveries:write`. The answer alone carries the link.",
      zh: '供客户的开发者使用的链接，无需账号，只显示其中指定的回调。`read` 可查看投递日志（地址与消息内容打码），`content` 可查看消息内容，`redeliver` 可重新投递，`test` 可发送测试。API 令牌只能授予自己拥有的权限：`read` 需要 `webhooks:read` 与 `deliveries:read`，`redeliver` 需要 `deliveries:write`。链接仅在本次响应中返回。',
    },
    access: MANAGE,
    audit: 'portal_link.created',
    idempotency: { secrets: ['token', 'url'] },
    body: createPortalLinkRequestSchema,
    answer: { status: 201, schema: singleOf(createdPortalLinkSchema) },
    problems: ['conflict'],
  }),
  revoke: defineRoute({
    operationId: 'revokePortalLink',
    method: 'DELETE',
    path: '/apps/{appKey}/portal-links/{linkId}',
    tag: 'portal',
    summary: { en: 'Revoke a portal link', zh: '吊销门户链接' },
    description: { en: 'Pages that are open lose access at once.', zh: '已打开的页面立即失去访问权限。' },
    access: MANAGE,
    audit: 'portal_link.revoked',
    answer: { status: 204 },
  }),
  open: defineRoute({
    operationId: 'openPortal',
    method: 'POST',
    path: '/portal/session',
    tag: 'portal',
    summary: { en: 'Exchange the token of a portal link', zh: '用门户链接换取访问令牌' },
    description: {
      en: 'Answers an access token for an hour, and what the page of the link needs. 401: the link is unknown, revoked or expired.',
      zh: '返回有效期一小时的访问令牌，以及门户页面所需的信息。401：链接不存在、已吊销或已过期。',
    },
    access: 'public',
    body: openPortalRequestSchema,
    answer: { status: 200, schema: singleOf(portalSessionSchema) },
    problems: ['unauthenticated', 'tenant_suspended', 'too_many_requests'],
  }),
};
