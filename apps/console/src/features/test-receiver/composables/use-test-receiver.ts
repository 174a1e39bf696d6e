/** Keeps what a test receiver got, newest first, and sets what it answers. */
import type { TestReceiver } from '@im/contracts/api/test-receiver';
import type { TestReceiverMode } from '@im/contracts/api/test-receiver-constants';
import { ref, watch, type Ref } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { getTestReceiver, setTestReceiverMode } from '../../../shared/test-receiver/test-receiver.api.js';
import { notifyError } from '../../../shared/ui/notify.js';

const INTERVAL_MS = 3_000;

export interface TestReceiverState {
  state: AsyncState<TestReceiver>;
  isChanging: Ref<boolean>;
  setMode: (mode: TestReceiverMode) => Promise<void>;
}

export function useTestReceiver(appKey: () => string): TestReceiverState {
  const state = useAsyncState((signal) => getTestReceiver(appKey(), signal));
  const isChanging = ref(false);
  watch(
    appKey,
    () => {
      state.reset();
      void state.reload();
    },
    { immediate: true },
  );
  // Quiet after a failure, until the person retries.
  useRefreshWhile(
    () => state.reload(),
    () => typeof state.data.value?.url === 'string' && state.error.value === null,
    INTERVAL_MS,
  );

  async function setMode(mode: TestReceiverMode): Promise<void> {
    isChanging.value = true;
    try {
      state.data.value = await setTestReceiverMode(appKey(), mode);
    } catch (error) {
      notifyError(error);
    } finally {
      isChanging.value = false;
    }
  }

  return { state, isChanging, setMode };
}
