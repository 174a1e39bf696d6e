import type { CreatePortalLinkRequest } from '@im/contracts/api/portal-links';
import { call } from '../http/call.js';

export const listPortalLinks = (appKey: string, cursor: string | undefined, signal: AbortSignal) =>
  call('GET /apps/{appKey}/portal-links', { params: { appKey }, query: { limit: 50, cursor }, signal });
export const createPortalLink = (appKey: string, body: CreatePortalLinkRequest) =>
  call('POST /apps/{appKey}/portal-links', { params: { appKey }, body });
export const revokePortalLink = (appKey: string, linkId: string) =>
  call('DELETE /apps/{appKey}/portal-links/{linkId}', { params: { appKey, linkId } });
