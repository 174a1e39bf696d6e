/** Loads the member's own second factor, and removes it. */
import { reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { getSecondFactor, removeSecondFactor } from '../profile.api.js';

export function useSecondFactor() {
  return useAsyncState(getSecondFactor);
}

/** Removing it takes the password or a code as proof. */
export function useSecondFactorRemoval() {
  const { t } = useText();
  const form = reactive<{ way: 'password' | 'code'; proof: string }>({ way: 'password', proof: '' });
  const submission = useFormSubmission({
    owners: ['/password', '/code'],
    faults: () => ({
      [`/${form.way}`]:
        form.proof === ''
          ? t(form.way === 'password' ? 'access.passwordRequired' : 'profile.secondFactor.codeRequired')
          : '',
    }),
    send: () => removeSecondFactor(form.way === 'password' ? { password: form.proof } : { code: form.proof }),
  });
  return { form, ...submission };
}
