import type {
  App,
  AppSummary,
  CreateAppRequest,
  CreatedApp,
  RevealedAppSecret,
  UpdateAppRequest,
} from '@im/contracts/api/apps';
import { apiDelete, apiGetPage, apiPatch, apiPath, apiPost } from '../../shared/http/client.js';

export const listApps = (signal: AbortSignal, cursor?: string) =>
  apiGetPage<AppSummary>('/apps', { query: { limit: 200, cursor }, signal });
export const createApp = (body: CreateAppRequest) => apiPost<CreatedApp>('/apps', body);
export const updateApp = (appKey: string, body: UpdateAppRequest) =>
  apiPatch<App>(apiPath`/apps/${appKey}`, body);
export const deleteApp = (appKey: string) => apiDelete(apiPath`/apps/${appKey}`);
export const revealAppSecret = (appKey: string) =>
  apiPost<RevealedAppSecret>(apiPath`/apps/${appKey}/secret/reveal`);
