/** Sets up a second factor: password if required, secret for the authenticator, its first code, recovery codes. */
import type { SecondFactorSetUp } from '@im/contracts/api/second-factor';
import { reactive, ref, shallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { ApiError } from '../../../shared/http/api-error.js';
import { beginSecondFactor, confirmSecondFactor } from '../profile.api.js';

export function useSecondFactorSetUp() {
  const { t } = useText();
  /** Null: the server requires the password first. */
  const begun = useAsyncState<SecondFactorSetUp | null>(() =>
    beginSecondFactor().catch(nullIfPasswordIsAsked),
  );
  const form = reactive({ code: '' });
  /** Of recovery, there once it is on. */
  const codes = shallowRef<string[]>([]);
  const isOn = ref(false);

  const submission = useFormSubmission({
    owners: ['/code'],
    faults: () => ({ '/code': form.code.trim() === '' ? t('profile.secondFactor.codeRequired') : '' }),
    send: async () => {
      const answer = await confirmSecondFactor(form.code.trim());
      codes.value = answer.recoveryCodes;
      isOn.value = true;
    },
  });

  void begun.reload();
  return { begun, form, codes, isOn, ...submission };
}

function nullIfPasswordIsAsked(error: unknown): null {
  if (error instanceof ApiError && error.errors.some(({ pointer }) => pointer === '/password')) return null;
  throw error;
}
