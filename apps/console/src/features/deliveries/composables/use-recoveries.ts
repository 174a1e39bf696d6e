import type { Recovery, RecoverRequest } from '@im/contracts/api/recoveries';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import { useText, type MessageKey, type Translate } from '../../../i18n/i18n.js';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { mayMove, recoveriesToShow } from '../model/recovery-progress.js';
import { changeRecovery, listRecoveries, startRecovery, type RecoveryChange } from '../recoveries.api.js';

export interface Recoveries {
  /** Those worth showing, newest first. */
  shown: ComputedRef<Recovery[]>;
  /** The one with a running action. */
  busyId: Ref<string | undefined>;
  /** Starts one. @throws the server's error */
  start: (request: RecoverRequest) => Promise<void>;
  /** Failures are shown, and leave everything as it was. */
  change: (recovery: Recovery, change: RecoveryChange) => Promise<void>;
}

const DONE = {
  pause: 'recoveries.paused',
  resume: 'recoveries.resumed',
  cancel: 'recoveries.canceled',
} as const satisfies Record<RecoveryChange, MessageKey>;

/** The recoveries of a webhook, followed while they go on. @param onMoved they made or ended deliveries, perhaps */
export function useRecoveries(
  appKey: () => string,
  webhookId: () => string | undefined,
  onMoved: () => void,
): Recoveries {
  const { t } = useText();
  const busyId = ref<string>();
  const list = useAsyncState(async (signal) => {
    const id = webhookId();
    return id === undefined ? [] : (await listRecoveries(appKey(), id, signal)).data;
  });
  const recoveries = computed(() => list.data.value ?? []);
  const shown = computed(() => recoveriesToShow(recoveries.value, Date.now()));

  watch(
    [appKey, webhookId],
    () => {
      list.reset();
      void list.reload();
    },
    { immediate: true },
  );
  useRefreshWhile(
    async () => {
      await list.reload();
      onMoved();
    },
    () => recoveries.value.some(mayMove),
  );

  async function start(request: RecoverRequest): Promise<void> {
    const id = webhookId();
    if (id === undefined) return;
    await startRecovery(appKey(), id, request);
    notifySuccess(t('recoveries.started'));
    await list.reload();
  }

  async function change(recovery: Recovery, to: RecoveryChange): Promise<void> {
    if (to === 'cancel' && !(await isSureToCancel(recovery, t))) return;
    busyId.value = recovery.recoveryId;
    try {
      await changeRecovery(recovery, to);
      notifySuccess(t(DONE[to]));
    } catch (error) {
      notifyError(error);
    } finally {
      busyId.value = undefined;
    }
    await list.reload();
  }

  return { shown, busyId, start, change };
}

function isSureToCancel({ status, succeeded, pending }: Recovery, t: Translate): Promise<boolean> {
  const what = t(`recoveries.status.${status}`);
  return confirmAction({
    title: t('recoveries.cancelTitle'),
    message: t('recoveries.cancelConfirm', { what, succeeded, pending }),
    confirmText: t('recoveries.cancelAction'),
    isDangerous: true,
  });
}
