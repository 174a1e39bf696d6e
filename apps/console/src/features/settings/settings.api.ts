import type { ApiToken, CreateApiTokenRequest, CreatedApiToken } from '@im/contracts/api/api-tokens';
import type { App } from '@im/contracts/api/apps';
import type { AuditEntry } from '@im/contracts/api/audit';
import type {
  CreateMemberRequest,
  Member,
  MemberWithPassword,
  UpdateMemberRequest,
} from '@im/contracts/api/members';
import { apiDelete, apiGetPage, apiPatch, apiPath, apiPost, type Query } from '../../shared/http/client.js';

export const listMembers = (cursor: string | undefined, signal: AbortSignal) =>
  apiGetPage<Member>('/members', { query: { limit: 100, cursor }, signal });
export const createMember = (body: CreateMemberRequest) => apiPost<MemberWithPassword>('/members', body);
export const updateMember = (memberId: string, body: UpdateMemberRequest) =>
  apiPatch<Member>(apiPath`/members/${memberId}`, body);
export const deleteMember = (memberId: string) => apiDelete(apiPath`/members/${memberId}`);
export const resetMember = (memberId: string) =>
  apiPost<MemberWithPassword>(apiPath`/members/${memberId}/reset`);

export const resetSecondFactor = (memberId: string) =>
  apiPost<undefined>(apiPath`/members/${memberId}/totp/reset`);
export const endMemberSessions = (memberId: string) =>
  apiPost<undefined>(apiPath`/members/${memberId}/sessions/revoke`);

export const listApiTokens = (cursor: string | undefined, signal: AbortSignal) =>
  apiGetPage<ApiToken>('/api-tokens', { query: { limit: 100, cursor }, signal });
export const createApiToken = (body: CreateApiTokenRequest) => apiPost<CreatedApiToken>('/api-tokens', body);
export const revokeApiToken = (tokenId: string) => apiDelete(apiPath`/api-tokens/${tokenId}`);

export const listAuditLog = (query: Query, signal: AbortSignal) =>
  apiGetPage<AuditEntry>('/audit-log', { query: { limit: 50, ...query }, signal });

/** For choosing an app by its name. */
export const listAppNames = (signal: AbortSignal) =>
  apiGetPage<App>('/apps', { query: { limit: 200 }, signal });
