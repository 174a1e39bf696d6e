/** Delivers many again, after asking. */
import type { RedeliverManyRequest } from '@im/contracts/api/deliveries';
import { MAX_REDELIVERED_IDS } from '@im/contracts/api/delivery-constants';
import { ref, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { formatCount } from '../../../shared/format/number.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { redeliverMany } from '../deliveries.api.js';
import { toDeliveriesQuery, type DeliveryFilters } from '../model/delivery-filters.js';
import type { LogSelection } from './use-log-selection.js';

export interface BulkRedeliveryOptions {
  appKey: () => string;
  webhookId: () => string | undefined;
  filters: () => DeliveryFilters;
  selection: LogSelection;
  onAccepted: () => void;
}

export interface BulkRedelivery {
  isBusy: Ref<boolean>;
  redeliver: () => Promise<void>;
}

export function useBulkRedelivery({ selection, ...options }: BulkRedeliveryOptions): BulkRedelivery {
  const { t, localeTag } = useText();
  const isBusy = ref(false);

  async function redeliver(): Promise<void> {
    const count = formatCount(selection.ids.value.size, localeTag.value);
    const isSure = await confirmAction({
      title: t('deliveries.bulk.title'),
      message: selection.isOfFilter.value
        ? t(`deliveries.bulk.${options.filters().phase === 'problem' ? 'confirmProblems' : 'confirmAll'}`)
        : t('deliveries.bulk.confirm', { count }),
      confirmText: t('deliveries.redeliver'),
    });
    if (!isSure) return;
    isBusy.value = true;
    try {
      const { accepted, skipped } = await sendAll(requestsOf(selection, options));
      notifySuccess(t('deliveries.bulk.accepted', { accepted, skipped }));
      selection.clear();
      options.onAccepted();
    } catch (error) {
      notifyError(error);
    } finally {
      isBusy.value = false;
    }
  }

  /** One after the other: each is bounded. */
  async function sendAll(requests: RedeliverManyRequest[]): Promise<{ accepted: number; skipped: number }> {
    const total = { accepted: 0, skipped: 0 };
    for (const request of requests) {
      const { accepted, skipped } = await redeliverMany(options.appKey(), request);
      total.accepted += accepted;
      total.skipped += skipped;
    }
    return total;
  }

  return { isBusy, redeliver };
}

function requestsOf(
  { ids, isOfFilter }: LogSelection,
  { filters, webhookId }: Pick<BulkRedeliveryOptions, 'filters' | 'webhookId'>,
): RedeliverManyRequest[] {
  if (isOfFilter.value) {
    const { responseStatus, ...query } = toDeliveriesQuery(filters(), Date.now());
    const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
    const filter = {
      ...given,
      ...(responseStatus !== undefined &&
        responseStatus !== '' && { responseStatus: Number(responseStatus) }),
      ...(webhookId() !== undefined && { webhookId: webhookId() }),
    };
    return [{ filter }];
  }
  const all = [...ids.value];
  return Array.from({ length: Math.ceil(all.length / MAX_REDELIVERED_IDS) }, (_, index) => ({
    deliveryIds: all.slice(index * MAX_REDELIVERED_IDS, (index + 1) * MAX_REDELIVERED_IDS),
  }));
}
