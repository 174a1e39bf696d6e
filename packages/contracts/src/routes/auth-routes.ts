import {
  changePasswordRequestSchema,
  currentUserSchema,
  loginRequestSchema,
  sessionSchema,
} from '../api/auth.js';
import { pageQuerySchema } from '../api/common.js';
import { ALL_ROLES, defineRoute, pageOf, singleOf } from './route.js';

const SESSION = { roles: ALL_ROLES };
/** Open to members who still have to set up a second factor. */
const ANY_SESSION = { roles: ALL_ROLES, isOpenBeforeSecondFactor: true, isOpenBeforePasswordChange: true };
/** The password is changed before the second factor is set up, so that both belong to the same person. */
const OWN_PASSWORD = { roles: ALL_ROLES, isOpenBeforePasswordChange: true };

export const authRoutes = {
  logIn: defineRoute({
    operationId: 'logIn',
    method: 'POST',
    path: '/auth/login',
    tag: 'auth',
    summary: { en: 'Log in', zh: '登录' },
    description: {
      en: 'Sets the session cookie. A member with a second factor sends its `code` too. Wrong tries slow down, then answer 429.',
      zh: '设置会话 Cookie。启用了两步验证的成员需同时提供 `code`。连续输错会变慢，随后返回 429。',
    },
    access: 'public',
    body: loginRequestSchema,
    answer: { status: 200, schema: singleOf(currentUserSchema) },
    problems: [
      'invalid_credentials',
      'second_factor_required',
      'second_factor_invalid',
      'tenant_suspended',
      'too_many_requests',
    ],
  }),
  logOut: defineRoute({
    operationId: 'logOut',
    method: 'POST',
    path: '/auth/logout',
    tag: 'auth',
    summary: { en: 'Log out', zh: '退出登录' },
    access: ANY_SESSION,
    answer: { status: 204 },
  }),
  me: defineRoute({
    operationId: 'getCurrentUser',
    method: 'GET',
    path: '/auth/me',
    tag: 'auth',
    summary: { en: 'Who is logged in', zh: '当前登录的成员' },
    access: ANY_SESSION,
    answer: { status: 200, schema: singleOf(currentUserSchema) },
  }),
  session: defineRoute({
    operationId: 'getSession',
    method: 'GET',
    path: '/auth/session',
    tag: 'auth',
    summary: { en: 'Who is logged in, if anybody', zh: '当前是否已登录，以及登录的成员' },
    description: {
      en: 'As `GET /auth/me`, but without a session the answer is `null` instead of an error: for a page that wants to know whether to ask for a login.',
      zh: '与 `GET /auth/me` 相同，但没有会话时返回 `null` 而不是错误，供页面判断是否需要登录。',
    },
    access: 'public',
    answer: { status: 200, schema: singleOf(currentUserSchema.nullable()) },
  }),
  changePassword: defineRoute({
    operationId: 'changePassword',
    method: 'POST',
    path: '/auth/password',
    tag: 'auth',
    summary: { en: 'Change your own password', zh: '修改自己的密码' },
    description: {
      en: 'Every other session of the member ends. A password that another member set is changed before anything else: everything else answers 403 `password_change_required` until then.',
      zh: '该成员的其他会话全部失效。由其他成员设置的密码必须先修改，在此之前其他请求都返回 403 `password_change_required`。',
    },
    access: OWN_PASSWORD,
    audit: 'auth.password_changed',
    body: changePasswordRequestSchema,
    answer: { status: 204 },
    problems: ['invalid_credentials', 'too_many_requests'],
  }),
  listSessions: defineRoute({
    operationId: 'listSessions',
    method: 'GET',
    path: '/auth/sessions',
    tag: 'auth',
    summary: { en: 'List your own sessions', zh: '列出自己的登录会话' },
    access: SESSION,
    query: pageQuerySchema,
    answer: { status: 200, schema: pageOf(sessionSchema) },
  }),
  endSession: defineRoute({
    operationId: 'endSession',
    method: 'DELETE',
    path: '/auth/sessions/{sessionId}',
    tag: 'auth',
    summary: { en: 'End one of your own sessions', zh: '结束自己的一个会话' },
    access: SESSION,
    audit: 'auth.sessions_revoked',
    answer: { status: 204 },
  }),
  endOtherSessions: defineRoute({
    operationId: 'endOtherSessions',
    method: 'DELETE',
    path: '/auth/sessions',
    tag: 'auth',
    summary: { en: 'End all your sessions but this one', zh: '结束除当前以外的全部会话' },
    access: SESSION,
    audit: 'auth.sessions_revoked',
    answer: { status: 204 },
  }),
};
