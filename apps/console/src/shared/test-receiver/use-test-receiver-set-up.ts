/** Sets an app up with the built-in test receiver: the receiver, and a webhook that leads to it. */
import { ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { useText } from '../../i18n/i18n.js';
import { paths } from '../navigation/paths.js';
import { notifyError } from '../ui/notify.js';
import { noteSetupChange } from './setup-changes.js';
import { createTestReceiver, createWebhook, listWebhooks } from './test-receiver.api.js';

export interface TestReceiverSetUp {
  isBusy: Ref<boolean>;
  /** Ends on the page of the receiver. What is there already stays. */
  setUp: (appKey: string) => Promise<void>;
}

export function useTestReceiverSetUp(): TestReceiverSetUp {
  const { t } = useText();
  const router = useRouter();
  const isBusy = ref(false);

  async function setUp(appKey: string): Promise<void> {
    isBusy.value = true;
    try {
      const { url } = await createTestReceiver(appKey);
      const { data: webhooks } = await listWebhooks(appKey);
      if (url !== null && webhooks.every((webhook) => webhook.url !== url)) {
        await createWebhook(appKey, url, t('testReceiver.title'));
      }
      noteSetupChange();
      await router.push(paths.testReceiver(appKey));
    } catch (error) {
      notifyError(error);
    } finally {
      isBusy.value = false;
    }
  }

  return { isBusy, setUp };
}
