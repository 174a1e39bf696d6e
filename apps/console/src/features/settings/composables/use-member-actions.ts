/** Does what a person asks of a member in the list: asks first, and says what happened. */
import type { Member, MemberWithPassword } from '@im/contracts/api/members';
import { shallowRef, type ShallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError } from '../../../shared/ui/notify.js';
import { deleteMember, endMemberSessions, resetMember, resetSecondFactor } from '../settings.api.js';
import { useAskedAction } from './use-asked-action.js';

export interface ShownPassword {
  title: string;
  password: string;
}

export interface MemberActions {
  /** The temporary password on the screen right now. */
  shownPassword: ShallowRef<ShownPassword | null>;
  showCreated: (member: MemberWithPassword) => void;
  reset: (member: Member) => Promise<void>;
  resetSecondFactor: (member: Member) => Promise<void>;
  endSessions: (member: Member) => Promise<void>;
  remove: (member: Member) => Promise<void>;
}

export function useMemberActions(reload: () => Promise<void>): MemberActions {
  const { t } = useText();
  const afterAsking = useAskedAction(reload);
  const shownPassword = shallowRef<ShownPassword | null>(null);

  function show(title: string, { temporaryPassword }: MemberWithPassword): void {
    if (temporaryPassword) shownPassword.value = { title, password: temporaryPassword };
  }

  function showCreated(member: MemberWithPassword): void {
    show(t('settings.members.createdTitle', { email: member.email }), member);
  }

  async function reset({ memberId, email }: Member): Promise<void> {
    const title = t('settings.members.reset');
    const message = t('settings.members.resetConfirm', { email });
    if (!(await confirmAction({ title, message, confirmText: title, isDangerous: true }))) return;
    try {
      show(t('settings.members.resetTitle', { email }), await resetMember(memberId));
    } catch (error) {
      notifyError(error);
    }
  }

  const takeSecondFactor = ({ memberId, email }: Member) =>
    afterAsking(
      {
        title: t('settings.members.resetSecondFactor'),
        message: t('settings.members.resetSecondFactorConfirm', { email }),
        done: t('settings.members.secondFactorReset', { email }),
      },
      () => resetSecondFactor(memberId),
    );

  const endSessions = ({ memberId, email }: Member) =>
    afterAsking(
      {
        title: t('settings.members.endSessions'),
        message: t('settings.members.endSessionsConfirm', { email }),
        done: t('settings.members.sessionsEnded', { email }),
      },
      () => endMemberSessions(memberId),
    );

  const remove = ({ memberId, email }: Member) =>
    afterAsking(
      {
        title: t('settings.members.deleteAction'),
        message: t('settings.members.deleteConfirm', { email }),
        done: t('settings.members.deleted', { email }),
      },
      () => deleteMember(memberId),
    );

  return { shownPassword, showCreated, reset, resetSecondFactor: takeSecondFactor, endSessions, remove };
}
