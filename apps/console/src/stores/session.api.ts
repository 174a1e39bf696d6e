import type { ChangePasswordRequest, CurrentUser, LoginRequest } from '@im/contracts/api/auth';
import { apiGet, apiPost } from '../shared/http/client.js';

/** Null without a session, which is no error here: a browser would note one in its console on every visit. */
export const getSession = () => apiGet<CurrentUser | null>('/auth/session');
export const postLogin = (body: LoginRequest) => apiPost<CurrentUser>('/auth/login', body);
export const postLogout = () => apiPost<undefined>('/auth/logout');
export const postPassword = (body: ChangePasswordRequest) => apiPost<undefined>('/auth/password', body);
