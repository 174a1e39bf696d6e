import type { Webhook } from '@im/contracts/api/webhooks';
import { apiPath, apiPost } from '../http/client.js';

export const enableWebhook = ({ appKey, webhookId, revision }: Webhook) =>
  apiPost<Webhook>(apiPath`/apps/${appKey}/webhooks/${webhookId}/enable`, {}, { ifRevision: revision });
export const resumeWebhook = (appKey: string, webhookId: string) =>
  apiPost<Webhook>(apiPath`/apps/${appKey}/webhooks/${webhookId}/resume`);
