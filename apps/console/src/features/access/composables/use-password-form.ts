/** The dialog's state: the form, its faults, and changing the password. */
import { reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { useSessionStore } from '../../../stores/session.js';

const MIN_LENGTH = 8;

export function usePasswordForm() {
  const { t } = useText();
  const session = useSessionStore();
  const form = reactive({ current: '', next: '', repeated: '' });

  const submission = useFormSubmission({
    owners: ['/currentPassword', '/newPassword'],
    faults: () => ({
      '/currentPassword': form.current === '' ? t('access.passwordRequired') : '',
      '/newPassword': form.next.length < MIN_LENGTH ? t('profile.passwordTooShort') : '',
      // Only the form knows this one.
      '/repeatedPassword': form.repeated !== form.next ? t('profile.passwordsDiffer') : '',
    }),
    send: () => session.changePassword({ currentPassword: form.current, newPassword: form.next }),
  });

  return { form, ...submission };
}
