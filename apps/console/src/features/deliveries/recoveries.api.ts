import type { Recovery, RecoverRequest } from '@im/contracts/api/recoveries';
import { apiGetPage, apiPath, apiPost } from '../../shared/http/client.js';

/** The newest ones; more are not shown. */
const SHOWN = 20;

export type RecoveryChange = 'pause' | 'resume' | 'cancel';

export const listRecoveries = (appKey: string, webhookId: string, signal: AbortSignal) =>
  apiGetPage<Recovery>(apiPath`/apps/${appKey}/webhooks/${webhookId}/recoveries`, {
    query: { limit: SHOWN },
    signal,
  });
export const startRecovery = (appKey: string, webhookId: string, request: RecoverRequest) =>
  apiPost<Recovery>(apiPath`/apps/${appKey}/webhooks/${webhookId}/recover`, request);
export const changeRecovery = ({ appKey, webhookId, recoveryId }: Recovery, change: RecoveryChange) =>
  apiPost<Recovery>(apiPath`/apps/${appKey}/webhooks/${webhookId}/recoveries/${recoveryId}/${change}`);
