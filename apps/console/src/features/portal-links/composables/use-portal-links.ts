/** Loads the portal links of an app with what they name, and revokes them. */
import type { Page } from '@im/contracts/api/common';
import type { PortalLink } from '@im/contracts/api/portal-links';
import type { Webhook } from '@im/contracts/api/webhooks';
import { computed, watch, type ComputedRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { listPortalLinks, revokePortalLink } from '../../../shared/portal/portal-links.api.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { listWebhookNames } from '../../../shared/webhooks/webhooks.api.js';

export interface PortalLinks {
  state: AsyncState<Page<PortalLink>>;
  /** Of the app; empty while they are not known. */
  webhooks: ComputedRef<Webhook[]>;
  cursor: ComputedRef<string | undefined>;
  goToPage: (cursor: string | undefined) => Promise<void>;
  revoke: (link: PortalLink) => Promise<void>;
}

export function usePortalLinks(appKey: () => string): PortalLinks {
  const { t } = useText();
  const { cursor, goToPage } = useQueryFilters([]);
  const state = useAsyncState((signal) => listPortalLinks(appKey(), cursor.value, signal));
  const names = useAsyncState((signal) => listWebhookNames(appKey(), signal));
  watch([appKey, cursor], () => void state.reload(), { immediate: true });
  watch(appKey, () => void names.reload(), { immediate: true });

  async function revoke(link: PortalLink): Promise<void> {
    const name = link.name || t('portal.unnamed');
    const isSure = await confirmAction({
      title: t('portal.revokeTitle'),
      message: t('portal.revokeConfirm', { name }),
      confirmText: t('portal.revoke'),
      isDangerous: true,
    });
    if (!isSure) return;
    try {
      await revokePortalLink(link.appKey, link.linkId);
      notifySuccess(t('portal.revoked'));
    } catch (error) {
      notifyError(error);
    }
    await state.reload();
  }

  return { state, webhooks: computed(() => names.data.value?.data ?? []), cursor, goToPage, revoke };
}
