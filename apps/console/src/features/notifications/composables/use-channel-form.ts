/** Keeps the dialog's state: the form, its faults, and saving it. */
import type { NotificationChannel } from '@im/contracts/api/notification-channels';
import { reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { faultsOf, toChannelForm, toCreateRequest, toUpdateRequest } from '../model/channel-form.js';
import { createChannel, updateChannel } from '../notifications.api.js';

const OWNERS = [
  '/name',
  '/url',
  '/secret',
  '/appKeys',
  '/rules',
  '/email/host',
  '/email/port',
  '/email/username',
  '/email/password',
  '/email/from',
  '/email/to',
];

/** @param channel the one to edit; null adds one */
export function useChannelForm(
  channel: NotificationChannel | null,
  onSaved: (saved: NotificationChannel) => void,
) {
  const { t, locale } = useText();
  const form = reactive(toChannelForm(channel, locale.value));

  function faults(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(faultsOf(form, channel)).map(([pointer, fault]) => [
        pointer,
        t(`notifications.form.${fault}`),
      ]),
    );
  }

  async function send(): Promise<void> {
    onSaved(
      channel === null
        ? await createChannel(toCreateRequest(form))
        : await updateChannel(channel.channelId, toUpdateRequest(form)),
    );
  }

  return { form, ...useFormSubmission({ owners: OWNERS, faults, send }) };
}
