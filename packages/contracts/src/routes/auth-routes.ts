import { changePasswordRequestSchema, currentUserSchema, loginRequestSchema } from '../api/auth.js';
import { ALL_ROLES, defineRoute, singleOf } from './route.js';

const SESSION = { roles: ALL_ROLES };

export const authRoutes = {
  logIn: defineRoute({
    operationId: 'logIn',
    method: 'POST',
    path: '/auth/login',
    tag: 'auth',
    summary: { en: 'Log in', zh: '登录' },
    description: {
      en: 'Sets the session cookie. Wrong tries slow down, then answer 429.',
      zh: '设置会话 Cookie。连续输错会变慢,随后返回 429。',
    },
    access: 'public',
    body: loginRequestSchema,
    answer: { status: 200, schema: singleOf(currentUserSchema) },
    problems: ['invalid_credentials', 'too_many_requests'],
  }),
  logOut: defineRoute({
    operationId: 'logOut',
    method: 'POST',
    path: '/auth/logout',
    tag: 'auth',
    summary: { en: 'Log out', zh: '退出登录' },
    access: SESSION,
    answer: { status: 204 },
  }),
  me: defineRoute({
    operationId: 'getCurrentUser',
    method: 'GET',
    path: '/auth/me',
    tag: 'auth',
    summary: { en: 'Who is logged in', zh: '当前登录的成员' },
    access: SESSION,
    answer: { status: 200, schema: singleOf(currentUserSchema) },
  }),
  changePassword: defineRoute({
    operationId: 'changePassword',
    method: 'POST',
    path: '/auth/password',
    tag: 'auth',
    summary: { en: 'Change your own password', zh: '修改自己的密码' },
    description: {
      en: 'Every other session of the member ends.',
      zh: '该成员的其他会话全部失效。',
    },
    access: SESSION,
    body: changePasswordRequestSchema,
    answer: { status: 204 },
    problems: ['invalid_credentials', 'too_many_requests'],
  }),
};
