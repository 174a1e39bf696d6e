import type { ChangePasswordRequest, CurrentUser, LoginRequest } from '@im/contracts/api/auth';
import { apiGet, apiPost } from '../shared/http/client.js';

export const getCurrentUser = () => apiGet<CurrentUser>('/auth/me');
export const postLogin = (body: LoginRequest) => apiPost<CurrentUser>('/auth/login', body);
export const postLogout = () => apiPost<undefined>('/auth/logout');
export const postPassword = (body: ChangePasswordRequest) => apiPost<undefined>('/auth/password', body);
