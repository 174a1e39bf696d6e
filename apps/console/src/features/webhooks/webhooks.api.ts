import type { Checkup } from '@im/contracts/api/checkup';
import type { App, RevealedAppSecret, StagedAppSecret } from '@im/contracts/api/apps';
import type { ActivateSecretRequest, SecretRotation } from '@im/contracts/api/secrets';
import type { WebhookRevision } from '@im/contracts/api/webhook-revisions';
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
  apiPost<StagedAppSecret>(apiPath`/apps/${appKey}/secret/stage`);
export const activateAppSecret = (appKey: string, body: ActivateSecretRequest) =>
  apiPost<SecretRotation>(apiPath`/apps/${appKey}/secret/activate`, body);

export const listWebhooks = (appKey: string, cursor: string | undefined, signal: AbortSignal) =>
  apiGetPage<Webhook>(apiPath`/apps/${appKey}/webhooks`, { query: { limit: 100, cursor }, signal });
export const getWebhook = (appKey: string, webhookId: string, signal?: AbortSignal) =>
  apiGet<Webhook>(webhookPath(appKey, webhookId), signal && { signal });
export const createWebhook = (appKey: string, body: CreateWebhookRequest) =>
  apiPost<Webhook>(apiPath`/apps/${appKey}/webhooks`, body);
/** @param webhook as the caller saw it */
export const updateWebhook = ({ appKey, webhookId, revision }: Webhook, body: UpdateWebhookRequest) =>
  apiPatch<Webhook>(webhookPath(appKey, webhookId), body, { ifRevision: revision });
export const deleteWebhook = ({ appKey, webhookId, revision }: Webhook) =>
  apiDelete(webhookPath(appKey, webhookId), { ifRevision: revision });
export const listRevisions = (
  appKey: string,
  webhookId: string,
  cursor: string | undefined,
  signal?: AbortSignal,
) =>
  apiGetPage<WebhookRevision>(`${webhookPath(appKey, webhookId)}/revisions`, {
    query: { limit: 20, cursor },
    ...(signal && { signal }),
  });
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
