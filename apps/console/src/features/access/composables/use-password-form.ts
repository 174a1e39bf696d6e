/** Keeps the form that changes one's own password: the entries, their faults, and the change. */
import { reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { useSessionStore } from '../../../stores/session.js';

const MIN_LENGTH = 8;

/** @param mustDiffer the server refuses the current password as the new one */
export function usePasswordForm(mustDiffer = false) {
  const { t } = useText();
  const session = useSessionStore();
  const form = reactive({ current: '', next: '', repeated: '' });

  function faultOfNext(): string {
    if (form.next.length < MIN_LENGTH) return t('profile.passwordTooShort');
    return mustDiffer && form.next === form.current ? t('profile.firstPassword.same') : '';
  }

  const submission = useFormSubmission({
    owners: ['/currentPassword', '/newPassword'],
    faults: () => ({
      '/currentPassword': form.current === '' ? t('access.passwordRequired') : '',
      '/newPassword': faultOfNext(),
      // Only the form knows this one.
      '/repeatedPassword': form.repeated !== form.next ? t('profile.passwordsDiffer') : '',
    }),
    send: () => session.changePassword({ currentPassword: form.current, newPassword: form.next }),
  });

  return { form, ...submission };
}
