import type { PreviewAlertRulesRequest, RulePreview } from '@im/contracts/api/alert-rules';
import type { AlertRule } from '@im/contracts/api/alerts';
import { watchDebounced } from '@vueuse/core';
import { computed, type ComputedRef } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { previewAlertRules } from '../alerts.api.js';

/** A person is still typing. */
const DEBOUNCE_MS = 600;

export interface RulesPreview {
  /** undefined: the rule is off, or it is not known yet. */
  of: ComputedRef<(rule: AlertRule) => RulePreview | undefined>;
}

/**
 * How often each rule would have fired. If that does not load, nothing is shown: it is a help, and no more.
 *
 * @param request null while the rules have faults
 */
export function useRulesPreview(
  appKey: () => string,
  request: () => PreviewAlertRulesRequest | null,
): RulesPreview {
  const state = useAsyncState(async (signal) => {
    const asked = request();
    return asked === null ? [] : (await previewAlertRules(appKey(), asked, signal)).rules;
  });
  void state.reload();
  watchDebounced(
    () => JSON.stringify([appKey(), request()]),
    () => void state.reload(),
    { debounce: DEBOUNCE_MS },
  );
  return {
    of: computed(() => (rule) => state.data.value?.find((preview) => preview.rule === rule)),
  };
}
