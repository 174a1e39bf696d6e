import type { Session } from '@im/contracts/api/auth';
import type {
  RecoveryCodes,
  RemoveSecondFactorRequest,
  SecondFactor,
  SecondFactorSetUp,
} from '@im/contracts/api/second-factor';
import { apiDelete, apiGet, apiGetPage, apiPath, apiPost } from '../../shared/http/client.js';

export const getSecondFactor = (signal: AbortSignal) => apiGet<SecondFactor>('/auth/totp', { signal });
/** @param password not needed by who logged in just now, or through single sign-on */
export const beginSecondFactor = (password?: string) =>
  apiPost<SecondFactorSetUp>('/auth/totp', password === undefined ? {} : { password });
export const confirmSecondFactor = (code: string) => apiPost<RecoveryCodes>('/auth/totp/confirm', { code });
export const removeSecondFactor = (proof: RemoveSecondFactorRequest) =>
  apiDelete('/auth/totp', { body: proof });

export const listSessions = (signal: AbortSignal) =>
  apiGetPage<Session>('/auth/sessions', { query: { limit: 100 }, signal });
export const endSession = (sessionId: string) => apiDelete(apiPath`/auth/sessions/${sessionId}`);
export const endOtherSessions = () => apiDelete('/auth/sessions');
