/** Sends the example of `message.sent` as a real event, and opens its delivery. */
import { ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { useText } from '../../i18n/i18n.js';
import { paths } from '../navigation/paths.js';
import { notifyError, notifyFailure } from '../ui/notify.js';
import { noteSetupChange } from './setup-changes.js';
import { deliveriesOfEvent, submitEvent } from './test-receiver.api.js';

const EVENT = 'message.sent';

export interface ExampleEvent {
  isSending: Ref<boolean>;
  /** Ends in the log, with the delivery open. */
  send: (appKey: string) => Promise<void>;
}

export function useExampleEvent(): ExampleEvent {
  const { t } = useText();
  const router = useRouter();
  const isSending = ref(false);

  async function send(appKey: string): Promise<void> {
    isSending.value = true;
    try {
      // The examples of all events are large, and few people send one.
      const { default: events } = await import('virtual:event-reference');
      const data = events.find(({ event }) => event === EVENT)?.example ?? {};
      const { eventId } = await submitEvent(appKey, EVENT, data);
      const { data: deliveries } = await deliveriesOfEvent(appKey, eventId);
      noteSetupChange();
      const [delivery] = deliveries;
      if (delivery) await router.push(paths.openDelivery(appKey, delivery.deliveryId));
      else notifyFailure(t('testReceiver.noWebhook'));
    } catch (error) {
      notifyError(error);
    } finally {
      isSending.value = false;
    }
  }

  return { isSending, send };
}
