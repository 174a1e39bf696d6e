import type { ConfigFinding, Source } from '@im/contracts/api/sources';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { checkConfig } from '../sources.api.js';

export interface ConfigCheck {
  text: Ref<string>;
  isChecking: Ref<boolean>;
  /** Null before the first check. */
  findings: ShallowRef<readonly ConfigFinding[] | null>;
  error: ShallowRef<unknown>;
  check: () => Promise<void>;
}

/** Has a pasted configuration file checked. */
export function useConfigCheck(source: () => Source): ConfigCheck {
  const text = ref('');
  const isChecking = ref(false);
  const findings = shallowRef<readonly ConfigFinding[] | null>(null);
  const error = shallowRef<unknown>(null);

  async function check(): Promise<void> {
    isChecking.value = true;
    error.value = null;
    try {
      findings.value = (await checkConfig(source(), text.value)).findings;
    } catch (reason) {
      // Findings about an earlier text next to this error would look like its result.
      findings.value = null;
      error.value = reason;
    } finally {
      isChecking.value = false;
    }
  }

  return { text, isChecking, findings, error, check };
}
