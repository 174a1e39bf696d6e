import { authMethodsSchema, oidcCallbackQuerySchema, oidcLoginQuerySchema } from '../api/auth.js';
import { defineRoute, singleOf } from './route.js';

/** Routes of single sign-on. They are public, because the caller is not logged in yet. */
export const oidcRoutes = {
  methods: defineRoute({
    operationId: 'listLoginMethods',
    method: 'GET',
    path: '/auth/methods',
    tag: 'auth',
    summary: { en: 'Which ways of logging in there are', zh: '可用的登录方式' },
    access: 'public',
    answer: { status: 200, schema: singleOf(authMethodsSchema) },
  }),
  logIn: defineRoute({
    operationId: 'beginOidcLogin',
    method: 'GET',
    path: '/auth/oidc/login',
    tag: 'auth',
    summary: { en: 'Log in through single sign-on', zh: '通过单点登录进入' },
    description: {
      en: 'Sends the browser to the identity provider, or to the login page with `?sso=<reason>`.',
      zh: '浏览器跳转到身份提供方；失败时跳回登录页并带上 `?sso=<原因>`。',
    },
    access: 'public',
    query: oidcLoginQuerySchema,
    answer: { status: 302 },
    problems: ['not_found'],
  }),
  callback: defineRoute({
    operationId: 'finishOidcLogin',
    method: 'GET',
    path: '/auth/oidc/callback',
    tag: 'auth',
    summary: { en: 'Where the identity provider sends the browser back to', zh: '身份提供方的回跳地址' },
    description: {
      en: 'Sets the session cookie and opens the console, or the login page with `?sso=<reason>`.',
      zh: '设置会话 Cookie 并进入控制台；失败时跳回登录页并带上 `?sso=<原因>`。',
    },
    access: 'public',
    query: oidcCallbackQuerySchema,
    answer: { status: 302 },
    problems: ['not_found'],
  }),
};
