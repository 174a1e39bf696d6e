import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useFieldErrors } from './use-field-errors.js';

export interface FormSubmissionOptions {
  /** The JSON Pointers that the form has items for. */
  owners: readonly string[];
  /** What is wrong before the server is asked, by pointer; '' where all is well. */
  faults: () => Readonly<Record<string, string>>;
  /** Saves, and calls back with the result. */
  send: () => Promise<void>;
}

export interface FormSubmission {
  /** Text for a form item: its own fault after the first attempt to submit, or else the server's. */
  errorAt: (pointer: string) => string;
  /** A failure that no form item can show. */
  error: ShallowRef<unknown>;
  isSubmitting: Ref<boolean>;
  /** Resolves to whether it was sent and accepted. */
  submit: () => Promise<boolean>;
}

/** Checks and submits a small form, and shows its faults at their fields. */
export function useFormSubmission({ owners, faults, send }: FormSubmissionOptions): FormSubmission {
  const fields = useFieldErrors(owners);
  const error = shallowRef<unknown>(null);
  const hasTried = ref(false);
  const isSubmitting = ref(false);

  function errorAt(pointer: string): string {
    return (hasTried.value && faults()[pointer]) || fields.errorAt(pointer);
  }

  async function submit(): Promise<boolean> {
    hasTried.value = true;
    if (Object.values(faults()).some((fault) => fault !== '')) return false;
    isSubmitting.value = true;
    error.value = null;
    fields.clear();
    try {
      await send();
      return true;
    } catch (reason) {
      if (!fields.take(reason) || fields.unowned.value.length > 0) error.value = reason;
      return false;
    } finally {
      isSubmitting.value = false;
    }
  }

  return { errorAt, error, isSubmitting, submit };
}
