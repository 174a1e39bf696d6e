import type { ApiToken } from '@im/contracts/api/api-tokens';
import type { Page } from '@im/contracts/api/common';
import { watch, type ComputedRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { listApiTokens, revokeApiToken } from '../settings.api.js';

export interface ApiTokens {
  state: AsyncState<Page<ApiToken>>;
  cursor: ComputedRef<string | undefined>;
  goToPage: (cursor: string | undefined) => Promise<void>;
  revoke: (token: ApiToken) => Promise<void>;
}

/** The page of tokens that the URL names, and revoking one of them. */
export function useApiTokens(): ApiTokens {
  const { t } = useText();
  const { cursor, goToPage } = useQueryFilters([]);
  const state = useAsyncState((signal) => listApiTokens(cursor.value, signal));
  watch(cursor, () => void state.reload(), { immediate: true });

  async function revoke(token: ApiToken): Promise<void> {
    const { name, prefix } = token;
    const isSure = await confirmAction({
      title: t('settings.tokens.revokeTitle'),
      message: t('settings.tokens.revokeConfirm', { name, prefix }),
      confirmText: t('settings.tokens.revoke'),
      isDangerous: true,
    });
    if (!isSure) return;
    try {
      await revokeApiToken(token.tokenId);
      notifySuccess(t('settings.tokens.revoked', { name }));
    } catch (error) {
      notifyError(error);
    }
    await state.reload();
  }

  return { state, cursor, goToPage, revoke };
}
