/** Keeps the form of an event type: what is typed, what is wrong with it, and saving it. */
import type { EventType } from '@im/contracts/api/event-types';
import type { FieldError } from '@im/contracts/problem';
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { isExternalId } from '../../../shared/external-ids/external-id.js';
import { ApiError } from '../../../shared/http/api-error.js';
import { createEventType, updateEventType } from '../save-event-type.api.js';
import { faultsBelow, fieldFaults, mismatchFaults, textFaults } from '../model/editor-faults.js';
import {
  copyOf,
  exampleFaultOf,
  formOf,
  isBuiltIn,
  nameFaultOf,
  newForm,
  schemaFaultOf,
  toCreateRequest,
  toUpdateRequest,
  type EventTypeForm,
} from '../model/event-type-form.js';
import { useExampleCheck } from './use-example-check.js';

const OWNERS = [
  '/name',
  '/overridesBuiltIn',
  '/description/zh',
  '/description/en',
  '/externalId',
  '/schema',
  '/example',
];

/** What the form is opened for. */
export type FormTask =
  { kind: 'create' } | { kind: 'copy'; eventType: EventType } | { kind: 'edit'; eventType: EventType };

interface FormOptions {
  task: FormTask;
  /** Names of the tenant's own types. */
  taken: ReadonlySet<string>;
  /** @param name null: there was nothing to change */
  onSaved: (name: string | null) => void;
}

export function useEventTypeForm({ task, taken, onSaved }: FormOptions) {
  const { t } = useText();
  const before = beginWith(task, taken);
  const form = reactive({ ...before });
  const hasTried = ref(false);
  /** The tree has names that cannot be written. */
  const isTreeFaulty = ref(false);
  const refused = useRefusedTexts(form);
  const { answer, isChecking, check } = useExampleCheck(form);

  const nameFault = computed(() => {
    const fault = task.kind === 'edit' ? null : nameFaultOf(form, taken);
    return fault === null ? '' : t(`eventTypes.form.${fault}`);
  });

  const faults = (): Record<string, string> => ({
    '/name': nameFault.value,
    '/externalId': isExternalId(form.externalId) ? '' : t('externalIds.invalid'),
  });

  async function send(): Promise<void> {
    try {
      onSaved(await store(task, form, before));
    } catch (reason) {
      if (reason instanceof ApiError) refused.take(reason.errors);
      throw reason;
    }
  }

  const submission = useFormSubmission({ owners: OWNERS, faults, send });

  /** Nothing is sent that is known to be refused. */
  async function submit(): Promise<void> {
    const found = await check();
    const isBroken =
      isTreeFaulty.value ||
      schemaFaultOf(form.schema) !== null ||
      exampleFaultOf(form.example) !== null ||
      (found !== null && found.schemaFaults.length + found.mismatches.length > 0);
    hasTried.value = true;
    if (!isBroken) await submission.submit();
  }

  return {
    ...{ form, isTreeFaulty, isChecking, answer, submit },
    ...{ error: submission.error, isSubmitting: submission.isSubmitting },
    errorAt: (pointer: string) => (hasTried.value && faults()[pointer]) || submission.errorAt(pointer),
    isDirty: computed(() => JSON.stringify(form) !== JSON.stringify(before)),
    isNameBuiltIn: computed(() => task.kind !== 'edit' && isBuiltIn(form.name)),
    ...useEditorFaults(form, answer, refused),
  };
}

function beginWith(task: FormTask, taken: ReadonlySet<string>): EventTypeForm {
  if (task.kind === 'create') return newForm();
  return task.kind === 'copy' ? copyOf(task.eventType, taken) : formOf(task.eventType);
}

/** @returns its name; null when there was nothing to change */
async function store(task: FormTask, form: EventTypeForm, before: EventTypeForm): Promise<string | null> {
  if (task.kind !== 'edit') return (await createEventType(toCreateRequest(form))).name;
  const changes = toUpdateRequest(form, before);
  if (Object.keys(changes).length === 0) return null;
  return (await updateEventType(form.name, changes)).name;
}

/** What the service found in the texts; it no longer counts once they are changed. */
function useRefusedTexts(form: EventTypeForm) {
  const faults = shallowRef<FieldError[]>([]);
  watch([() => form.schema, () => form.example], () => (faults.value = []));
  return {
    below: (part: 'schema' | 'example') => faultsBelow(part, faults.value),
    take: (errors: FieldError[]) => (faults.value = errors),
  };
}

function useEditorFaults(
  form: EventTypeForm,
  answer: ReturnType<typeof useExampleCheck>['answer'],
  refused: ReturnType<typeof useRefusedTexts>,
) {
  const { t, localeTag } = useText();
  const ofSchemaText = computed(() => textFaults('schema', form.schema, t, localeTag.value));
  const ofExampleText = computed(() => textFaults('example', form.example, t, localeTag.value));
  const schemaFaults = computed(() => {
    if (ofSchemaText.value.length > 0) return ofSchemaText.value;
    const found = answer.value?.schemaFaults ?? [];
    return fieldFaults(form.schema, found.length > 0 ? found : refused.below('schema'), t);
  });
  const exampleFaults = computed(() => {
    if (ofExampleText.value.length > 0) return ofExampleText.value;
    const found = mismatchFaults(form.example, answer.value?.mismatches ?? [], t);
    return found.length > 0 ? found : fieldFaults(form.example, refused.below('example'), t);
  });
  return { schemaFaults, exampleFaults };
}
