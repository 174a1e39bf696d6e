import type { Recovery, RecoveryEstimate, RecoverRequest } from '@im/contracts/api/recoveries';
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
/** Answers how much a recovery would send, and starts nothing. */
export async function estimateRecovery(
  { appKey, webhookId }: Pick<Recovery, 'appKey' | 'webhookId'>,
  request: RecoverRequest,
  signal: AbortSignal,
): Promise<RecoveryEstimate> {
  const answer = await call('POST /apps/{appKey}/webhooks/{webhookId}/recover', {
    params: { appKey, webhookId },
    body: { ...request, dryRun: true },
    signal,
  });
  if (!('estimatedSeconds' in answer)) throw new Error('The answer is no estimate');
  return answer;
}
export const changeRecovery = ({ appKey, webhookId, recoveryId }: Recovery, change: RecoveryChange) =>
  call(`POST /apps/{appKey}/webhooks/{webhookId}/recoveries/{recoveryId}/${change}`, {
    params: { appKey, webhookId, recoveryId },
  });
