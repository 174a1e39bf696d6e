import type {
  CreateTenantRequest,
  UpdateOwnTenantRequest,
  UpdateTenantRequest,
} from '@im/contracts/api/tenants';
import { call } from '../../shared/http/call.js';

export const listTenants = (cursor: string | undefined, signal: AbortSignal) =>
  call('GET /tenants', { query: { limit: 100, cursor }, signal });
export const createTenant = (body: CreateTenantRequest) => call('POST /tenants', { body });
export const updateTenant = (tenantId: string, body: UpdateTenantRequest) =>
  call('PATCH /tenants/{tenantId}', { params: { tenantId }, body });

export const getOwnTenant = (signal: AbortSignal) => call('GET /tenant', { signal });
export const updateOwnTenant = (body: UpdateOwnTenantRequest) => call('PATCH /tenant', { body });
