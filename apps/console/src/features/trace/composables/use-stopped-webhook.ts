import { ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { paths } from '../../../shared/navigation/paths.js';
import { attempt } from '../../../shared/ui/attempt.js';
import { stopReasonOf } from '../../../shared/webhooks/stop-reason.js';
import { useWebhookRestart } from '../../../shared/webhooks/use-webhook-restart.js';
import { getWebhook } from '../../../shared/webhooks/webhooks.api.js';

/** Resumes or enables the webhook that a delivery waits for. @param onRestarted loads the trace again */
export function useStoppedWebhook(
  appKey: () => string,
  onRestarted: () => Promise<void>,
): { isBusy: Ref<boolean>; resume: (webhookId: string) => Promise<void> } {
  const router = useRouter();
  const isBusy = ref(false);
  const { restart } = useWebhookRestart(onRestarted);

  async function resume(webhookId: string): Promise<void> {
    isBusy.value = true;
    await attempt(async () => {
      const webhook = await getWebhook(appKey(), webhookId);
      // It is not the webhook that holds the delivery but a paused recovery, which stands above the log.
      if (stopReasonOf(webhook) === null) await router.push(paths.deliveries(appKey(), webhookId));
      else await restart(webhook);
    });
    isBusy.value = false;
  }

  return { isBusy, resume };
}
