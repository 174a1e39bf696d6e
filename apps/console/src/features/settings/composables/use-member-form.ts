/** Keeps the dialog's state: the form, its faults, and saving it. */
import type { Role } from '@im/contracts/api/auth';
import type { Member, MemberWithPassword } from '@im/contracts/api/members';
import { reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { createMember, updateMember } from '../settings.api.js';

const ROLE_OF_NEW_MEMBERS: Role = 'developer';

export interface MemberFormHooks {
  onCreated: (member: MemberWithPassword) => void;
  onUpdated: (member: Member) => void;
}

/** @param member the one to edit; null adds one */
export function useMemberForm(member: Member | null, hooks: MemberFormHooks) {
  const { t } = useText();
  const form = reactive({
    email: member?.email ?? '',
    name: member?.name ?? '',
    role: member?.role ?? ROLE_OF_NEW_MEMBERS,
    isDisabled: member?.isDisabled ?? false,
    isOperator: member?.isOperator ?? false,
  });

  async function send(): Promise<void> {
    const { role, isDisabled, isOperator } = form;
    const name = form.name.trim();
    if (member) {
      const change = {
        role,
        isDisabled,
        ...(name && { name }),
        ...(isOperator !== member.isOperator && { isOperator }),
      };
      hooks.onUpdated(await updateMember(member.memberId, change));
    } else {
      hooks.onCreated(await createMember({ email: form.email.trim(), role, ...(name && { name }) }));
    }
  }

  const submission = useFormSubmission({
    owners: ['/email', '/name', '/role', '/isDisabled', '/isOperator'],
    faults: () => ({ '/email': form.email.trim() === '' ? t('settings.members.emailRequired') : '' }),
    send,
  });

  return { form, ...submission };
}
