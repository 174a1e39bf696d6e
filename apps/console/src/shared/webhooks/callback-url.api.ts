import type { RevealedWebhookUrl } from '@im/contracts/api/webhooks';
import { apiPath, apiPost } from '../http/client.js';

export const revealWebhookUrl = (appKey: string, webhookId: string) =>
  apiPost<RevealedWebhookUrl>(apiPath`/apps/${appKey}/webhooks/${webhookId}/url/reveal`);
