import {
  beginSecondFactorRequestSchema,
  confirmSecondFactorRequestSchema,
  recoveryCodesSchema,
  removeSecondFactorRequestSchema,
  secondFactorSchema,
  secondFactorSetUpSchema,
} from '../api/second-factor.js';
import { ADMIN_ONLY, ALL_ROLES, defineRoute, singleOf } from './route.js';

/** Open before the second factor is set up. */
const OWN = { roles: ALL_ROLES, isOpenBeforeSecondFactor: true };

export const secondFactorRoutes = {
  get: defineRoute({
    operationId: 'getSecondFactor',
    method: 'GET',
    path: '/auth/totp',
    tag: 'auth',
    summary: { en: 'Whether you have a second factor', zh: '查看自己的两步验证' },
    access: OWN,
    answer: { status: 200, schema: singleOf(secondFactorSchema) },
  }),
  begin: defineRoute({
    operationId: 'beginSecondFactor',
    method: 'POST',
    path: '/auth/totp',
    tag: 'auth',
    summary: { en: 'Begin to set up a second factor', zh: '开始设置两步验证' },
    description: {
      en: 'Answers a new secret for an authenticator (TOTP, RFC 6238). It counts once it is confirmed. Takes the password, unless you logged in less than ten minutes ago or through single sign-on; operators who came through single sign-on give it always. Wrong tries are throttled like those of logging in.',
      zh: '返回供身份验证器使用的新密钥（TOTP，RFC 6238），确认后生效。需提供密码；登录未满十分钟或通过单点登录的会话可省略，但通过单点登录的运营者始终需要。连续输错与登录一样会被限制。',
    },
    access: OWN,
    body: beginSecondFactorRequestSchema,
    isBodyOptional: true,
    answer: { status: 200, schema: singleOf(secondFactorSetUpSchema) },
    problems: ['conflict', 'invalid_credentials', 'too_many_requests'],
  }),
  confirm: defineRoute({
    operationId: 'confirmSecondFactor',
    method: 'POST',
    path: '/auth/totp/confirm',
    tag: 'auth',
    summary: { en: 'Turn the second factor on', zh: '启用两步验证' },
    description: {
      en: 'Answers ten recovery codes, once, and ends your other sessions.',
      zh: '返回十个恢复码（仅此一次），并结束其他会话。',
    },
    access: OWN,
    audit: 'auth.second_factor_enabled',
    body: confirmSecondFactorRequestSchema,
    answer: { status: 200, schema: singleOf(recoveryCodesSchema) },
    problems: ['conflict'],
  }),
  remove: defineRoute({
    operationId: 'removeSecondFactor',
    method: 'DELETE',
    path: '/auth/totp',
    tag: 'auth',
    summary: { en: 'Turn the second factor off', zh: '关闭两步验证' },
    access: { roles: ALL_ROLES },
    audit: 'auth.second_factor_removed',
    body: removeSecondFactorRequestSchema,
    answer: { status: 204 },
    problems: ['conflict', 'too_many_requests'],
  }),
  resetOfMember: defineRoute({
    operationId: 'resetMemberSecondFactor',
    method: 'POST',
    path: '/members/{memberId}/totp/reset',
    tag: 'access',
    summary: { en: 'Take a lost second factor off a member', zh: '重置成员的两步验证' },
    description: {
      en: 'Ends the sessions of the member, who logs in with the password alone and may set up another one.',
      zh: '该成员的会话全部失效，之后可仅用密码登录并重新设置。',
    },
    access: { roles: ADMIN_ONLY },
    audit: 'member.second_factor_reset',
    answer: { status: 204 },
    problems: ['conflict'],
  }),
};
