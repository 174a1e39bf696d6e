import type { ChangePasswordRequest, LoginRequest } from '@im/contracts/api/auth';
import { call } from '../shared/http/call.js';

/** Null without a session: as an error, browsers would log it on every visit. */
export const getSession = () => call('GET /auth/session');
export const getAuthMethods = () => call('GET /auth/methods');
export const postLogin = (body: LoginRequest) => call('POST /auth/login', { body });
export const postLogout = () => call('POST /auth/logout');
export const postPassword = (body: ChangePasswordRequest) => call('POST /auth/password', { body });
