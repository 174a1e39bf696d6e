import type { RemoveSecondFactorRequest } from '@im/contracts/api/second-factor';
import { call } from '../../shared/http/call.js';

export const getSecondFactor = (signal: AbortSignal) => call('GET /auth/totp', { signal });
/** @param password not needed right after a login, or after single sign-on */
export const beginSecondFactor = (password?: string) =>
  call('POST /auth/totp', password === undefined ? {} : { body: { password } });
export const confirmSecondFactor = (code: string) => call('POST /auth/totp/confirm', { body: { code } });
export const removeSecondFactor = (proof: RemoveSecondFactorRequest) =>
  call('DELETE /auth/totp', { body: proof });

export const listSessions = (signal: AbortSignal) =>
  call('GET /auth/sessions', { query: { limit: 100 }, signal });
export const endSession = (sessionId: string) =>
  call('DELETE /auth/sessions/{sessionId}', { params: { sessionId } });
export const endOtherSessions = () => call('DELETE /auth/sessions');
