import type { ActivateSecretRequest } from '@im/contracts/api/secrets';
import { call } from '../http/call.js';

export const stageAppSecret = (appKey: string) =>
  call('POST /apps/{appKey}/secret/stage', { params: { appKey } });
export const activateAppSecret = (appKey: string, body: ActivateSecretRequest) =>
  call('POST /apps/{appKey}/secret/activate', { params: { appKey }, body });
export const stageWebhookSecret = (appKey: string, webhookId: string) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/secret/stage', { params: { appKey, webhookId } });
export const activateWebhookSecret = (appKey: string, webhookId: string, body: ActivateSecretRequest) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/secret/activate', { params: { appKey, webhookId }, body });
