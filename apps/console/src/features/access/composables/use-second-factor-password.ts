/** Starts setting up a second factor with the password that the server requires. */
import type { SecondFactorSetUp } from '@im/contracts/api/second-factor';
import { computed, reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { ApiError } from '../../../shared/http/api-error.js';
import { beginSecondFactor } from '../profile.api.js';

export function useSecondFactorPassword(onBegun: (setUp: SecondFactorSetUp) => void) {
  const { t } = useText();
  const form = reactive({ password: '' });

  const { errorAt, error, isSubmitting, submit } = useFormSubmission({
    owners: ['/password'],
    faults: () => ({ '/password': form.password === '' ? t('access.passwordRequired') : '' }),
    send: async () => {
      onBegun(await beginSecondFactor(form.password));
    },
  });

  /** Here it can only be the password that is wrong, and the field says so. */
  const isWrong = computed(
    () => error.value instanceof ApiError && error.value.code === 'invalid_credentials',
  );
  const passwordFault = computed(
    () => errorAt('/password') || (isWrong.value ? t('profile.secondFactor.wrongPassword') : ''),
  );
  const notice = computed(() => (isWrong.value ? null : error.value));
  return { form, passwordFault, notice, isSubmitting, submit };
}
