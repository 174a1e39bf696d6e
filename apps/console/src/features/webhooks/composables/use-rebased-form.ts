import type { Webhook } from '@im/contracts/api/webhooks';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { rebaseForm, type FormField } from '../model/rebase-form.js';
import { emptyWebhookForm, toWebhookForm, type WebhookForm } from '../model/webhook-form.js';
import { getWebhook } from '../../../shared/webhooks/webhooks.api.js';

export interface FormOfWebhook {
  form: Ref<WebhookForm>;
  /** What the form was filled from; null for a new webhook. */
  base: ShallowRef<Webhook | null>;
  /** Fields that another person also changed while the form was open; null without any. */
  contested: ShallowRef<FormField[] | null>;
  /** Another person saved first: their values are merged into the form, typed ones stay. */
  takeTheirs: () => Promise<void>;
}

/** A form that is rebased on what another person saved since it was opened. */
export function useRebasedForm(webhook: Webhook | null): FormOfWebhook {
  const form = ref(webhook ? toWebhookForm(webhook) : emptyWebhookForm());
  const base = shallowRef(webhook);
  const contested = shallowRef<FormField[] | null>(null);

  async function takeTheirs(): Promise<void> {
    if (!base.value) return;
    const fresh = await getWebhook(base.value.appKey, base.value.webhookId).catch(() => null);
    if (!fresh) return;
    const rebased = rebaseForm(form.value, base.value, fresh);
    form.value = rebased.form;
    contested.value = rebased.contested;
    base.value = fresh;
  }

  return { form, base, contested, takeTheirs };
}
