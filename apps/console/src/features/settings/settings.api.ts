import type { CreateApiTokenRequest } from '@im/contracts/api/api-tokens';
import type { CreateMemberRequest, UpdateMemberRequest } from '@im/contracts/api/members';
import type { QueryOf } from '@im/contracts/routes/route-types';
import { call, type Blankable } from '../../shared/http/call.js';
import { addressOf } from '../../shared/http/service-address.js';

export type AuditLogQuery = Blankable<QueryOf<'GET /audit-log'>>;

export const listMembers = (cursor: string | undefined, signal: AbortSignal) =>
  call('GET /members', { query: { limit: 100, cursor }, signal });
export const createMember = (body: CreateMemberRequest) => call('POST /members', { body });
export const updateMember = (memberId: string, body: UpdateMemberRequest) =>
  call('PATCH /members/{memberId}', { params: { memberId }, body });
export const deleteMember = (memberId: string) =>
  call('DELETE /members/{memberId}', { params: { memberId } });
export const resetMember = (memberId: string) =>
  call('POST /members/{memberId}/reset', { params: { memberId } });
export const resetSecondFactor = (memberId: string) =>
  call('POST /members/{memberId}/totp/reset', { params: { memberId } });
export const endMemberSessions = (memberId: string) =>
  call('POST /members/{memberId}/sessions/revoke', { params: { memberId } });

export const listApiTokens = (cursor: string | undefined, signal: AbortSignal) =>
  call('GET /api-tokens', { query: { limit: 100, cursor }, signal });
export const createApiToken = (body: CreateApiTokenRequest) => call('POST /api-tokens', { body });
export const revokeApiToken = (tokenId: string) =>
  call('DELETE /api-tokens/{tokenId}', { params: { tokenId } });

export const listAuditLog = (query: AuditLogQuery, signal: AbortSignal) =>
  call('GET /audit-log', { query: { limit: 50, ...query }, signal });

/** Where the browser downloads what the filters match. */
export function auditExportUrl(query: AuditLogQuery): string {
  const given = Object.entries({ ...query, format: 'csv' }).flatMap(([name, value]) =>
    value === '' ? [] : [[name, String(value)]],
  );
  return addressOf(`/api/v1/audit-log/export?${new URLSearchParams(given).toString()}`);
}
