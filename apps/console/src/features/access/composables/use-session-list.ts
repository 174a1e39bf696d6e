import type { Session } from '@im/contracts/api/auth';
import type { Page } from '@im/contracts/api/common';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { endOtherSessions, endSession, listSessions } from '../profile.api.js';

export interface SessionList {
  state: AsyncState<Page<Session>>;
  deviceOf: (session: Session) => string;
  end: (session: Session) => Promise<void>;
  endOthers: () => Promise<void>;
}

/** One's own sessions, and ending them: each asks first. */
export function useSessionList(): SessionList {
  const { t } = useText();
  const state = useAsyncState(listSessions);
  const deviceOf = ({ device }: Session) => device ?? t('profile.sessions.unknownDevice');

  async function endAfterAsking(
    message: string,
    confirmText: string,
    send: () => Promise<void>,
  ): Promise<void> {
    const title = t('profile.sessions.title');
    if (!(await confirmAction({ title, message, confirmText, isDangerous: true }))) return;
    try {
      await send();
      notifySuccess(t('profile.sessions.ended'));
    } catch (error) {
      notifyError(error);
    }
    await state.reload();
  }

  void state.reload();
  return {
    state,
    deviceOf,
    end: (session) =>
      endAfterAsking(
        t('profile.sessions.endConfirm', { device: deviceOf(session) }),
        t('profile.sessions.end'),
        () => endSession(session.sessionId),
      ),
    endOthers: () =>
      endAfterAsking(
        t('profile.sessions.endOthersConfirm'),
        t('profile.sessions.endOthers'),
        endOtherSessions,
      ),
  };
}
