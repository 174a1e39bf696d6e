/** Deletes an event type after a person has seen which webhooks would no longer get it. */
import type { EventTypeSubscribers } from '@im/contracts/api/event-type-usage';
import { ref, shallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { attempt } from '../../../shared/ui/attempt.js';
import { notifySuccess } from '../../../shared/ui/notify.js';
import { deleteEventType, getEventTypeUsage } from '../event-types.api.js';

/** @param onDeleted after it is gone */
export function useEventTypeDeletion(onDeleted: () => void) {
  const { t } = useText();
  /** The one that is asked about, with the numbers of this moment. */
  const asked = shallowRef<EventTypeSubscribers | null>(null);
  const isDeleting = ref(false);

  async function ask(name: string): Promise<void> {
    await attempt(async () => {
      asked.value = await getEventTypeUsage(name);
    });
  }

  async function confirm(): Promise<void> {
    const name = asked.value?.name;
    if (name === undefined) return;
    isDeleting.value = true;
    const isDone = await attempt(() => deleteEventType(name));
    isDeleting.value = false;
    if (!isDone) {
      // It may be refused because a webhook names it since then: the new numbers show that.
      await ask(name);
      return;
    }
    asked.value = null;
    notifySuccess(t('eventTypes.deleted', { name }));
    onDeleted();
  }

  return { asked, isDeleting, ask, confirm, cancel: () => (asked.value = null) };
}
