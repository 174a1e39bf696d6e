import type { AppChange } from '@im/contracts/api/changes';
import type { Webhook } from '@im/contracts/api/webhooks';
import { computed, type ComputedRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import type { ChartMarker } from '../../../shared/statistics/chart-line.js';
import { changeText, markerOf } from '../model/change-text.js';

export interface ChangeLine {
  change: AppChange;
  text: string;
  marker: ChartMarker;
}

/** Says what changed in words; a webhook without a name goes by its URL. Newest first. */
export function useChangeLines(
  changes: () => readonly AppChange[],
  webhooks: () => readonly Webhook[],
): ComputedRef<ChangeLine[]> {
  const { t } = useText();
  return computed(() => {
    const urls = new Map(webhooks().map(({ webhookId, url }) => [webhookId, url]));
    return changes()
      .map((change) => {
        const text = changeText(change, t, urls.get(change.webhookId ?? '') ?? change.webhookId ?? '');
        return { change, text, marker: markerOf(change, text) };
      })
      .reverse();
  });
}
