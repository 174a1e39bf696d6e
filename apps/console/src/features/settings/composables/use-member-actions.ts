/** What a person does to a member from the list: each asks first, and says what happened. */
import type { Member, MemberWithPassword } from '@im/contracts/api/members';
import { shallowRef, type ShallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { deleteMember, resetMember } from '../settings.api.js';

export interface ShownPassword {
  title: string;
  password: string;
}

export interface MemberActions {
  /** The temporary password on the screen right now. */
  shownPassword: ShallowRef<ShownPassword | null>;
  showCreated: (member: MemberWithPassword) => void;
  reset: (member: Member) => Promise<void>;
  remove: (member: Member) => Promise<void>;
}

export function useMemberActions(reload: () => Promise<void>): MemberActions {
  const { t } = useText();
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

  async function remove({ memberId, email }: Member): Promise<void> {
    const isSure = await confirmAction({
      title: t('settings.members.deleteTitle'),
      message: t('settings.members.deleteConfirm', { email }),
      confirmText: t('settings.members.deleteAction'),
      isDangerous: true,
    });
    if (!isSure) return;
    try {
      await deleteMember(memberId);
      notifySuccess(t('settings.members.deleted', { email }));
    } catch (error) {
      notifyError(error);
    }
    await reload();
  }

  return { shownPassword, showCreated, reset, remove };
}
