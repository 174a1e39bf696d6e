import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';

export interface AskedAction {
  /** What is done: the question's title and its button. */
  title: string;
  message: string;
  /** Said afterwards. */
  done: string;
}

/** Does what cannot be undone: asks first, says what happened, and reloads the list. */
export function useAskedAction(reload: () => Promise<void>) {
  return async ({ title, message, done }: AskedAction, send: () => Promise<unknown>): Promise<void> => {
    if (!(await confirmAction({ title, message, confirmText: title, isDangerous: true }))) return;
    try {
      await send();
      notifySuccess(done);
    } catch (error) {
      notifyError(error);
    }
    await reload();
  };
}
