/** Describes API tokens, portal links, tenants, the audit log and the state of the service. */
import { APP_KEY, CALLBACK_URL, EMAIL, ID, LATER, TIME, type FieldTexts } from './field-text.js';

export const ACCESS_TEXTS = {
  'ApiToken.name': ['The name of the API token.', 'API 令牌名称。', 'Provisioning'],
  scopes: ['What the token may do.', '令牌的权限。'],
  'ApiToken.appKey': [
    'The only app that the token may use. null or absent: every app of the tenant.',
    '令牌可使用的唯一应用。null 或不填表示租户的所有应用。',
    APP_KEY,
  ],
  prefix: [
    'The first characters of the token, to recognise it by.',
    '令牌的开头字符，便于辨认。',
    'imk_7f3k',
  ],
  token: ['The token. Only this answer shows it.', '令牌，仅在本次响应中返回。', 'imk_example'],

  'PortalLink.name': [
    'Whom the link is for. Empty: not named.',
    '链接的使用者，空表示未命名。',
    'Developers of the customer',
  ],
  permissions: [
    'What the link allows: reading the log, redelivering, test sends, and seeing message content.',
    '链接的权限：查看日志、重新投递、测试发送、查看消息内容。',
    ['read', 'redeliver'],
  ],
  expiresInSeconds: ['How long the link is valid, in seconds.', '链接的有效时长，单位秒。', 604_800],
  allowedOrigins: [
    'Pages of these origins may show the portal in a frame. Empty: none.',
    '允许以框架嵌入门户的页面来源。空表示不允许。',
    ['https://app.example.com'],
  ],
  'PortalLink.token': [
    'The token of the link. Only this answer shows it.',
    '链接的令牌，仅在本次响应中返回。',
    'imp_example',
  ],
  'CreatedPortalLink.url': [
    'The link. Its token is in the fragment, which browsers do not send.',
    '门户链接，令牌位于浏览器不会发送的片段部分。',
    'https://hooks.example.com/portal#imp_example',
  ],
  'OpenPortalRequest.token': [
    'The token of the link, which is its fragment.',
    '链接的令牌，即其片段部分。',
    'imp_example',
  ],
  accessToken: ['The bearer token of the calls that follow.', '后续调用使用的 Bearer 令牌。', 'ims_example'],
  'PortalSession.expiresAt': [
    'When the access token ends, ISO 8601 in UTC.',
    '访问令牌的失效时间，ISO 8601 UTC。',
    LATER,
  ],
  linkExpiresAt: ['When the link expires, ISO 8601 in UTC.', '链接的失效时间，ISO 8601 UTC。', LATER],
  'PortalSession.webhooks': ['The webhooks that the link shows, by name.', '链接展示的回调，按名称排列。'],
  'webhooks.name': ['The name of the webhook.', '回调名称。', 'Orders'],
  'webhooks.enabled': ['Whether the webhook takes events.', '回调是否接收事件。'],
  'PortalSession.webhooks.url': [
    'The URL to which callbacks are sent, masked.',
    '接收回调的 URL，已脱敏。',
    CALLBACK_URL,
  ],

  auditId: ['The id of the entry.', '审计记录 ID。', ID],
  action: ['What was done.', '操作。'],
  actor: [
    'Who did it: a member’s email, or `token:` and the name of an API token.',
    '操作者：成员邮箱，或 `token:` 加 API 令牌名称。',
    EMAIL,
  ],
  'AuditEntry.appKey': ['The app concerned. null: none is.', '相关的应用。null 表示与应用无关。', APP_KEY],
  targetId: [
    'The id of what it was done to. null: nothing in particular.',
    '操作对象的 ID。null 表示没有特定对象。',
    ID,
  ],
  'AuditEntry.detail': [
    'What changed, by field names; never a secret.',
    '修改的内容，以字段名为键，不含密钥。',
    { fields: ['timeoutMs'] },
  ],
  subject: ['What the entry is about, under its present names.', '操作对象及其当前名称。'],
  'subject.event': [
    'The event type of a delivery or event. null: it is about none.',
    '投递或事件的事件类型。null 表示与之无关。',
    'message.sent',
  ],
  'subject.webhookId': [
    'The webhook. null: it is about none, or it was deleted.',
    '回调 ID。null 表示与回调无关，或已删除。',
    ID,
  ],
  'subject.sourceId': [
    'The IM source. null: it is about none, or it was deleted.',
    'IM 来源 ID。null 表示与来源无关，或已删除。',
    ID,
  ],

  'Tenant.name': ['The name of the tenant.', '租户名称。', 'Example Ltd'],
  adminEmail: [
    'The email address of the first admin of the tenant, who adds the others.',
    '租户首位管理员的邮箱，由其添加其他成员。',
    EMAIL,
  ],
  isSuspended: [
    'Whether the tenant is suspended: its members cannot log in, and tokens and signatures are refused.',
    '租户是否已停用：成员无法登录，令牌和应用签名被拒绝。',
    false,
  ],
  suspendedAt: [
    'Since when the tenant is suspended, ISO 8601 in UTC. null: it is not.',
    '租户停用的时间，ISO 8601 UTC。null 表示没有停用。',
    TIME,
  ],
  memberCount: ['The number of members.', '成员数。', 12],
  appCount: ['The number of apps.', '应用数。', 3],
  requiresSecondFactor: [
    'Whether members who log in with a password need a second factor.',
    '用密码登录的成员是否必须启用两步验证。',
    false,
  ],
  adminEmails: ['Admins to ask, at most 3.', '可以求助的管理员，最多 3 位。', [EMAIL]],

  database: ['Whether the database answers.', '数据库是否可用。'],
  queue: [
    'Whether the queue answers. Without it, deliveries are slower.',
    '队列是否可用。不可用时投递变慢。',
  ],
  'Get.status': ['Whether the service works.', '服务是否正常。'],
  openapi: ['The version of OpenAPI.', 'OpenAPI 的版本。', '3.1.1'],
  asyncapi: ['The version of AsyncAPI.', 'AsyncAPI 的版本。', '3.0.0'],
} satisfies FieldTexts;
