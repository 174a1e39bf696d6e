import type { FieldError } from '@im/contracts/problem';
import { describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { ApiError } from '../http/api-error.js';
import { useFormSubmission } from './use-form-submission.js';

const taken: FieldError = { pointer: '/name', code: 'already_taken', message: 'is taken' };
const unknownField: FieldError = { pointer: '/other', code: 'unknown_field', message: 'is not known' };
const refusal = (...errors: FieldError[]) => new ApiError({ code: 'invalid_input', status: 422, errors });

function formWith(send: () => Promise<void>, fault = '') {
  const nameFault = ref(fault);
  const submission = useFormSubmission({
    owners: ['/name'],
    faults: () => ({ '/name': nameFault.value }),
    send,
  });
  return { nameFault, ...submission };
}

describe('useFormSubmission', () => {
  it('keeps a faulty form to itself, and says why only after the first try', async () => {
    const send = vi.fn(() => Promise.resolve());
    const form = formWith(send, 'Give it a name');
    expect(form.errorAt('/name')).toBe('');

    expect(await form.submit()).toBe(false);
    expect(send).not.toHaveBeenCalled();
    expect(form.errorAt('/name')).toBe('Give it a name');

    form.nameFault.value = '';
    expect(form.errorAt('/name')).toBe('');
    expect(await form.submit()).toBe(true);
  });

  it('is submitting until the answer is there', async () => {
    let answer = (): void => undefined;
    const form = formWith(() => new Promise((resolve) => (answer = resolve)));
    const submitted = form.submit();
    expect(form.isSubmitting.value).toBe(true);
    answer();
    expect(await submitted).toBe(true);
    expect(form.isSubmitting.value).toBe(false);
  });

  it.each([
    ['a fault of a form item is shown only there', refusal(taken), true, false],
    ['a fault of no form item shows as the error', refusal(unknownField), false, true],
    ['both show when there are both', refusal(taken, unknownField), true, true],
    ['any other failure shows as the error', new ApiError({ code: 'conflict', status: 409 }), false, true],
  ])('%s', async (_, reason, isAtItem, isError) => {
    const form = formWith(() => Promise.reject(reason));
    expect(await form.submit()).toBe(false);
    expect(form.errorAt('/name') !== '').toBe(isAtItem);
    expect(form.error.value).toBe(isError ? reason : null);
    expect(form.isSubmitting.value).toBe(false);
  });

  it('drops the failure of the attempt before', async () => {
    const send = vi.fn(() => Promise.resolve());
    send.mockRejectedValueOnce(refusal(taken, unknownField));
    const form = formWith(send);
    await form.submit();
    expect(await form.submit()).toBe(true);
    expect(form.errorAt('/name')).toBe('');
    expect(form.error.value).toBeNull();
  });
});
