/** Says in the reader's language which webhook decides about an event already; the server's sentence is English. */
import type { Webhook } from '@im/contracts/api/webhooks';
import { ref, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { listWebhooks } from '../webhooks.api.js';

/** @param webhookId of the webhook in the form; undefined: a new one */
export function useBeforeOwner(appKey: string, webhookId: string | undefined) {
  const { t } = useText();
  const taken: Ref<string> = ref('');

  /** Looks who decides about one of the events. */
  async function look(events: readonly string[]): Promise<void> {
    const others = await allWebhooks(appKey).catch(() => []);
    for (const { webhookId: otherId, name, before } of others) {
      const event = otherId === webhookId ? undefined : before?.events.find((each) => events.includes(each));
      if (event !== undefined) taken.value = t('webhooks.before.taken', { event, name });
    }
  }

  return { taken, look, clear: () => (taken.value = '') };
}

async function allWebhooks(appKey: string): Promise<Webhook[]> {
  const webhooks: Webhook[] = [];
  const { signal } = new AbortController();
  for (let cursor: string | undefined; ;) {
    const { data, page } = await listWebhooks(appKey, cursor, signal);
    webhooks.push(...data);
    if (page.nextCursor === null) return webhooks;
    cursor = page.nextCursor;
  }
}
