/** The log of a few webhooks for people outside of the tenant: which of them is shown, and tests of it. */
import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useText } from '../../../i18n/i18n.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { notifyError, notifySuccess, notifyWarning } from '../../../shared/ui/notify.js';
import { sendTest } from '../deliveries.api.js';
import { useDeliveryList, type DeliveryList } from './use-delivery-list.js';

const FILTER = 'webhookId';

export interface SharedLog {
  list: DeliveryList;
  /** The only one shown; undefined: all of them. */
  webhookId: ComputedRef<string | undefined>;
  /** @param webhookId '' shows all */
  showOnly: (webhookId: string) => void;
  isTesting: Ref<boolean>;
  test: (webhookId: string) => Promise<void>;
}

/** @param known the webhooks there are */
export function useSharedLog(appKey: () => string, known: () => readonly string[]): SharedLog {
  const { t } = useText();
  const route = useRoute();
  const router = useRouter();
  const webhookId = computed(() => {
    const asked = route.query[FILTER];
    return known().find((id) => id === asked);
  });
  const list = useDeliveryList(appKey, () => webhookId.value);
  const hasPending = () => list.state.data.value?.data.some(({ status }) => status === 'pending') ?? false;
  useRefreshWhile(list.refresh, () => hasPending() && list.query.cursor.value === undefined);

  function showOnly(id: string): void {
    const { [FILTER]: _id, cursor: _cursor, open: _open, ...query } = route.query;
    void router.push({ query: id === '' ? query : { ...query, [FILTER]: id }, hash: route.hash });
  }

  const isTesting = ref(false);
  async function test(id: string): Promise<void> {
    isTesting.value = true;
    try {
      const { deliveryId, status, responseStatus } = await sendTest(appKey(), id);
      if (status === 'success') notifySuccess(t('portal.page.testSent', { status: responseStatus ?? 200 }));
      else notifyWarning(t('portal.page.testFailed'));
      await list.query.openItem(deliveryId);
      await list.refresh();
    } catch (error) {
      notifyError(error);
    } finally {
      isTesting.value = false;
    }
  }

  return { list, webhookId, showOnly, isTesting, test };
}
