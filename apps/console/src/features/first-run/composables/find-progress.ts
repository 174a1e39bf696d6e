/** Finds out how far an app is in the first run. */
import type { AppSummary } from '@im/contracts/api/apps';
import { newestDelivery } from '../first-run.api.js';
import { stepsDone } from '../model/steps.js';

export interface FirstRunProgress {
  /** The app that it is about; '' before there is one. */
  appKey: string;
  /** How many steps are done. */
  done: number;
}

export async function findProgress(
  app: AppSummary | undefined,
  signal: AbortSignal,
): Promise<FirstRunProgress> {
  if (!app) return { appKey: '', done: 0 };
  const { appKey, webhookCount } = app;
  const [newest] = (await newestDelivery(appKey, '', signal)).data;
  const isDelivered =
    newest?.status === 'success' ||
    (newest !== undefined && (await newestDelivery(appKey, 'success', signal)).data.length > 0);
  return {
    appKey,
    done: stepsDone({ hasApp: true, webhookCount, hasDelivery: newest !== undefined, isDelivered }),
  };
}
