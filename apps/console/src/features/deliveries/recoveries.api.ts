import type { Recovery, RecoverRequest } from '@im/contracts/api/recoveries';
import { call } from '../../shared/http/call.js';

/** The newest ones; more are not shown. */
const SHOWN = 20;

export type RecoveryChange = 'pause' | 'resume' | 'cancel';

export const listRecoveries = (appKey: string, webhookId: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/webhooks/{webhookId}/recoveries', {
    params: { appKey, webhookId },
    query: { limit: SHOWN },
    signal,
  });
export const startRecovery = (appKey: string, webhookId: string, body: RecoverRequest) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/recover', { params: { appKey, webhookId }, body });
export const changeRecovery = ({ appKey, webhookId, recoveryId }: Recovery, change: RecoveryChange) =>
  call(`POST /apps/{appKey}/webhooks/{webhookId}/recoveries/{recoveryId}/${change}`, {
    params: { appKey, webhookId, recoveryId },
  });
