import type {
  CreatedTenant,
  CreateTenantRequest,
  OwnTenant,
  Tenant,
  UpdateOwnTenantRequest,
  UpdateTenantRequest,
} from '@im/contracts/api/tenants';
import { apiGet, apiGetPage, apiPatch, apiPath, apiPost } from '../../shared/http/client.js';

export const listTenants = (cursor: string | undefined, signal: AbortSignal) =>
  apiGetPage<Tenant>('/tenants', { query: { limit: 100, cursor }, signal });
export const createTenant = (body: CreateTenantRequest) => apiPost<CreatedTenant>('/tenants', body);
export const updateTenant = (tenantId: string, body: UpdateTenantRequest) =>
  apiPatch<Tenant>(apiPath`/tenants/${tenantId}`, body);

export const getOwnTenant = (signal: AbortSignal) => apiGet<OwnTenant>('/tenant', { signal });
export const updateOwnTenant = (body: UpdateOwnTenantRequest) => apiPatch<OwnTenant>('/tenant', body);
