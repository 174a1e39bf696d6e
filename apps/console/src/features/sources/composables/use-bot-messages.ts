/** Sends messages as a source's bot, and lists them. */
import type { Page } from '@im/contracts/api/common';
import type { Source, SourceMessage } from '@im/contracts/api/sources';
import { reactive, ref, watch, type ComputedRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { notifySuccess } from '../../../shared/ui/notify.js';
import { listMessages, sendMessage } from '../sources.api.js';

export interface BotMessageList {
  state: AsyncState<Page<SourceMessage>>;
  cursor: ComputedRef<string | undefined>;
  goToPage: (cursor: string | undefined) => Promise<void>;
}

interface MessageForm {
  dialogId: string;
  text: string;
  textType: 'md' | 'html';
  silence: boolean;
}

/** The page of messages that the URL names; it stays up to date while one of them waits. */
export function useBotMessageList(source: () => Source): BotMessageList {
  const { cursor, goToPage } = useQueryFilters([]);
  const state = useAsyncState((signal) =>
    listMessages(source().appKey, source().sourceId, cursor.value, signal),
  );
  watch([() => source().sourceId, cursor], () => void state.reload(), { immediate: true });
  useRefreshWhile(
    state.reload,
    () => state.data.value?.data.some((message) => message.state === 'waiting') ?? false,
  );
  return { state, cursor, goToPage };
}

/** @param onSent called when the message is queued */
export function useBotMessageForm(source: () => Source, onSent: () => void) {
  const { t } = useText();
  const form = reactive<MessageForm>({ dialogId: '', text: '', textType: 'md', silence: false });

  function faults(): Record<string, string> {
    return {
      '/dialogId': /^\d+$/.test(form.dialogId.trim()) ? '' : t('sources.messages.dialogIdFormat'),
      '/text': form.text.trim() === '' ? t('sources.messages.textRequired') : '',
    };
  }

  async function send(): Promise<void> {
    const { textType, silence } = form;
    const dialogId = form.dialogId.trim();
    await sendMessage(source(), { dialogId, text: form.text, textType, ...(silence && { silence }) });
    notifySuccess(t('sources.messages.queued'));
    onSent();
  }

  const submission = useFormSubmission({ owners: ['/dialogId', '/text', '/textType'], faults, send });

  /** Nothing of it has been submitted: an empty text is no fault yet. */
  const isFresh = ref(true);

  async function submit(): Promise<void> {
    isFresh.value = false;
    if (!(await submission.submit())) return;
    form.text = '';
    isFresh.value = true;
  }

  const errorAt = (pointer: string) => (isFresh.value ? '' : submission.errorAt(pointer));
  return { form, ...submission, errorAt, submit };
}
