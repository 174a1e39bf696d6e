/** Describes members, their sessions and the second factor. */
import { ID, LATER, TIME, type FieldTexts } from './field-text.js';

export const MEMBER_TEXTS = {
  'Member.name': ['The name of the member.', '成员姓名。', 'Li Lei'],
  role: ['The role, which decides what a member may do.', '角色，决定成员可以做什么。'],
  isDisabled: [
    'Whether the member is disabled and cannot log in.',
    '成员是否已停用，停用后无法登录。',
    false,
  ],
  isOperator: [
    'Whether the member manages the tenants of this installation.',
    '成员是否管理此部署的租户。',
    false,
  ],
  hasSecondFactor: ['Whether a second factor is set up.', '是否启用了两步验证。'],
  lastLoginAt: [
    'When the member last logged in, ISO 8601 in UTC. null: never.',
    '最近一次登录的时间，ISO 8601 UTC。null 表示从未登录。',
    TIME,
  ],
  temporaryPassword: [
    'The password that the service made. Only this answer shows it.',
    '服务生成的密码，仅在本次响应中返回。',
    'a generated password',
  ],
  password: ['The password.', '密码。', 'correct horse battery staple'],
  'CreateMemberRequest.password': [
    'The first password. Absent: the service makes one and answers it once.',
    '初始密码。不填时由服务生成并返回一次。',
    'correct horse battery staple',
  ],
  'AuthMethods.password': ['Whether members log in with a password.', '是否可以用密码登录。'],
  'LogInRequest.code': [
    'Of a member with a second factor: six digits from the authenticator, or a recovery code.',
    '启用两步验证的成员：验证器的六位数字，或恢复码。',
    '123456',
  ],
  'SecondFactorRequest.code': [
    'Six digits from the authenticator, or a recovery code.',
    '验证器的六位数字，或恢复码。',
    '123456',
  ],
  'BeginSecondFactorRequest.password': [
    'The member’s password. Not needed in a session younger than ten minutes.',
    '成员的密码。会话建立不足十分钟时可不填。',
    'correct horse battery staple',
  ],
  'RemoveSecondFactorRequest.password': [
    'The member’s password. Give this or `code`.',
    '成员的密码，与 `code` 二选一。',
    'correct horse battery staple',
  ],
  currentPassword: ['The present password.', '当前密码。', 'correct horse battery staple'],
  newPassword: [
    'The new password, of at least 8 characters.',
    '新密码，至少 8 个字符。',
    'a longer and better password',
  ],
  'GetSessionAnswer.data': [
    'The member who is logged in. null: no session is open.',
    '当前登录的成员。null 表示没有登录。',
  ],
  'CurrentUser.userId': ['The id of the member who is logged in.', '当前登录成员的 ID。', ID],
  'CurrentUser.name': ['The name of the member who is logged in.', '当前登录成员的姓名。', 'Li Lei'],
  tenantName: ['The name of the tenant.', '租户名称。', 'Example Ltd'],
  mustSetUpSecondFactor: [
    'Whether the member has to set up a second factor before anything else.',
    '是否必须先启用两步验证。',
    false,
  ],
  mustChangePassword: [
    'Whether the member has to change the password before anything else.',
    '是否必须先修改密码。',
    false,
  ],
  sessionId: ['The id of the session, which is no credential.', '会话 ID，不是凭据。', ID],
  'Session.method': ['How the session was opened.', '会话的登录方式。'],
  lastSeenAt: [
    'When the session was last used, ISO 8601 in UTC, exact to the minute.',
    '会话最近使用的时间，ISO 8601 UTC，精确到分钟。',
    TIME,
  ],
  'Session.expiresAt': [
    'When the session ends unless it is used, ISO 8601 in UTC.',
    '不再使用时会话结束的时间，ISO 8601 UTC。',
    LATER,
  ],
  device: ['Browser and system. null: not known.', '浏览器和系统。null 表示未知。', 'Chrome 141 · macOS'],
  isCurrent: ['Whether this request belongs to it.', '是否为当前会话。'],
  oidc: ['Single sign-on. null: it is not set up.', '单点登录。null 表示未配置。'],
  label: ['The text of the button.', '按钮上的文字。', 'Example SSO'],
  'Oidc.url': ['Where the browser goes to log in.', '浏览器前往登录的地址。', '/api/v1/auth/oidc/login'],
  isEnabled: ['Whether a second factor is set up.', '是否启用了两步验证。'],
  enabledAt: [
    'When it was set up, ISO 8601 in UTC. null: it was not.',
    '启用的时间，ISO 8601 UTC。null 表示没有启用。',
    TIME,
  ],
  recoveryCodesLeft: ['The number of recovery codes that are not used yet.', '尚未使用的恢复码数。', 10],
  recoveryCodes: [
    'The recovery codes, each for one use. Only this answer shows them.',
    '恢复码，每个只能用一次，仅在本次响应中返回。',
    ['abcd-efgh-ijkl-mnop'],
  ],
  'SecondFactorSetUp.secret': [
    'The key for the authenticator in base32, to type in.',
    '供手动输入验证器的 base32 密钥。',
    'JBSWY3DPEHPK3PXP',
  ],
  otpauthUri: [
    'The key as a URI, to show as a QR code.',
    'URI 形式的密钥，用于显示二维码。',
    'otpauth://totp/ops@example.com?secret=JBSWY3DPEHPK3PXP',
  ],
} satisfies FieldTexts;
