import type { Checkup } from '@im/contracts/api/checkup';
import type { App, RevealedAppSecret } from '@im/contracts/api/apps';
import type { ActivateSecretRequest, SecretRotation, StagedSecret } from '@im/contracts/api/secrets';
import type {
  CreateWebhookRequest,
  RevealedWebhookSecret,
  StagedWebhookSecret,
  TestWebhookRequest,
  TestWebhookResult,
  UpdateWebhookRequest,
  Webhook,
} from '@im/contracts/api/webhooks';
import { apiDelete, apiGet, apiGetPage, apiPatch, apiPath, apiPost } from '../../shared/http/client.js';

const webhookPath = (appKey: string, webhookId: string) => apiPath`/apps/${appKey}/webhooks/${webhookId}`;

export const getApp = (appKey: string, signal: AbortSignal) =>
  apiGet<App>(apiPath`/apps/${appKey}`, { signal });
export const revealAppSecret = (appKey: string) =>
  apiPost<RevealedAppSecret>(apiPath`/apps/${appKey}/secret/reveal`);
export const stageAppSecret = (appKey: string) =>
  apiPost<StagedSecret>(apiPath`/apps/${appKey}/secret/stage`);
export const activateAppSecret = (appKey: string, body: ActivateSecretRequest) =>
  apiPost<SecretRotation>(apiPath`/apps/${appKey}/secret/activate`, body);

export const listWebhooks = (appKey: string, cursor: string | undefined, signal: AbortSignal) =>
  apiGetPage<Webhook>(apiPath`/apps/${appKey}/webhooks`, { query: { limit: 100, cursor }, signal });
export const getWebhook = (appKey: string, webhookId: string, signal: AbortSignal) =>
  apiGet<Webhook>(webhookPath(appKey, webhookId), { signal });
export const createWebhook = (appKey: string, body: CreateWebhookRequest) =>
  apiPost<Webhook>(apiPath`/apps/${appKey}/webhooks`, body);
export const updateWebhook = (appKey: string, webhookId: string, body: UpdateWebhookRequest) =>
  apiPatch<Webhook>(webhookPath(appKey, webhookId), body);
export const deleteWebhook = (appKey: string, webhookId: string) => apiDelete(webhookPath(appKey, webhookId));
export const testWebhook = (appKey: string, webhookId: string, body: TestWebhookRequest) =>
  apiPost<TestWebhookResult>(`${webhookPath(appKey, webhookId)}/test`, body);
export const checkUpWebhook = (appKey: string, webhookId: string) =>
  apiPost<Checkup>(`${webhookPath(appKey, webhookId)}/checkup`);
export const revealWebhookSecret = (appKey: string, webhookId: string) =>
  apiPost<RevealedWebhookSecret>(`${webhookPath(appKey, webhookId)}/secret/reveal`);
export const stageWebhookSecret = (appKey: string, webhookId: string) =>
  apiPost<StagedWebhookSecret>(`${webhookPath(appKey, webhookId)}/secret/stage`);
export const activateWebhookSecret = (appKey: string, webhookId: string, body: ActivateSecretRequest) =>
  apiPost<SecretRotation>(`${webhookPath(appKey, webhookId)}/secret/activate`, body);
