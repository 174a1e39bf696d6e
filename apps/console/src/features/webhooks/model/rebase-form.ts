/** Merges a form with what another person saved since it was opened: nothing that was typed is lost. */
import type { Webhook } from '@im/contracts/api/webhooks';
import { toWebhookForm, type WebhookForm } from './webhook-form.js';

export type FormField = keyof WebhookForm;

export interface RebasedForm {
  /** Their values, with what was typed here on top. */
  form: WebhookForm;
  /** Fields that both sides changed: what was typed here would replace theirs. */
  contested: FormField[];
}

/**
 * @param form as it is on the screen
 * @param base the webhook that the form was filled from
 * @param fresh the webhook as it is now
 */
export function rebaseForm(form: WebhookForm, base: Webhook, fresh: Webhook): RebasedForm {
  const before = toWebhookForm(base);
  const theirs = toWebhookForm(fresh);
  const fields = Object.keys(theirs) as FormField[];
  const typed = fields.filter((field) => !isSame(form[field], before[field]));
  const contested = typed.filter(
    (field) => !isSame(theirs[field], before[field]) && !isSame(theirs[field], form[field]),
  );
  const kept = Object.fromEntries(typed.map((field) => [field, form[field]]));
  return { form: { ...theirs, ...kept }, contested };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
