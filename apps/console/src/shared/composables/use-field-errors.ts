import type { FieldError } from '@im/contracts/problem';
import { computed, shallowRef, type ComputedRef } from 'vue';
import { useText } from '../../i18n/i18n.js';
import { ApiError } from '../http/api-error.js';
import { describeFieldError } from '../http/describe-error.js';

export interface FieldErrors {
  /** Text for the form item that owns this JSON Pointer (itself or anything below it); '' when all is well. */
  errorAt: (pointer: string) => string;
  /** Texts of faults that no form item owns. */
  unowned: ComputedRef<string[]>;
  /** Shows the field faults of a failed call. False when it had none: show the error itself then. */
  take: (error: unknown) => boolean;
  clear: () => void;
}

/**
 * Assigns the server's field faults (JSON Pointers) to their form items.
 *
 * @param owners the pointers that the form shows, such as `/url`
 */
export function useFieldErrors(owners: readonly string[]): FieldErrors {
  const { t } = useText();
  const faults = shallowRef<FieldError[]>([]);

  function errorAt(pointer: string): string {
    return faults.value
      .filter((fault) => isWithin(fault.pointer, pointer))
      .map((fault) => withKey(fault, pointer, describeFieldError(fault, t)))
      .join(' · ');
  }

  const unowned = computed(() =>
    faults.value
      .filter((fault) => !owners.some((owner) => isWithin(fault.pointer, owner)))
      .map((fault) => `${fault.pointer}: ${describeFieldError(fault, t)}`),
  );

  function take(error: unknown): boolean {
    faults.value = error instanceof ApiError ? faultsOf(error) : [];
    return faults.value.length > 0;
  }

  return { errorAt, unowned, take, clear: () => (faults.value = []) };
}

/** The code of a taken external id says which field it is about. */
function faultsOf({ code, detail, errors }: ApiError): FieldError[] {
  if (code !== 'external_id_taken' || errors.length > 0) return errors;
  return [{ pointer: '/externalId', code: 'already_taken', message: detail }];
}

function isWithin(pointer: string, owner: string): boolean {
  return pointer === owner || pointer.startsWith(`${owner}/`);
}

/** A fault below its form item names its position: which header, which entry. */
function withKey(fault: FieldError, owner: string, text: string): string {
  const key = fault.pointer
    .slice(owner.length + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  return key === '' ? text : `${key}: ${text}`;
}
