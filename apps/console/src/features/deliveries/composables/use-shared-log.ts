/** The log of a few webhooks for people outside of the tenant: which of them is shown, and tests of it. */
import { useWindowScroll } from '@vueuse/core';
import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useText } from '../../../i18n/i18n.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { notifyError, notifySuccess, notifyWarning } from '../../../shared/ui/notify.js';
import { sendTest } from '../deliveries.api.js';
import { ATTEMPT } from '../model/detail-place.js';
import { useBulkRedelivery, type BulkRedelivery } from './use-bulk-redelivery.js';
import { useDeliveryList, type DeliveryList } from './use-delivery-list.js';
import { TOP_PX } from './use-live-rows.js';
import { useLogSelection, type LogSelection } from './use-log-selection.js';

const FILTER = 'webhookId';

export interface SharedLog {
  list: DeliveryList;
  /** New rows come by themselves, every few seconds. */
  isRefreshing: ComputedRef<boolean>;
  selection: LogSelection;
  bulk: BulkRedelivery;
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
  // The live stream has no place for the token of a link. A reader who has scrolled reads rows that must not move.
  const { y } = useWindowScroll();
  const isRefreshing = computed(() => list.query.cursor.value === undefined && y.value <= TOP_PX);
  useRefreshWhile(list.refresh, () => isRefreshing.value);
  const selection = useLogSelection(() => list.request.value);
  const bulk = useBulkRedelivery({
    appKey,
    webhookId: () => webhookId.value,
    filters: () => list.filters.value,
    selection,
    onAccepted: () => void list.refresh(),
  });

  function showOnly(id: string): void {
    const { [FILTER]: _id, cursor: _cursor, open: _open, [ATTEMPT]: _attempt, ...query } = route.query;
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

  return { list, isRefreshing, selection, bulk, webhookId, showOnly, isTesting, test };
}
