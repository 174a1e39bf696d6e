import { describe, expect, it } from 'vitest';
import { ApiError } from '../http/api-error.js';
import { useFieldErrors } from './use-field-errors.js';

const refused = new ApiError({
  code: 'invalid_input',
  status: 422,
  detail: 'Three faults.',
  errors: [
    { pointer: '/url', code: 'required', message: 'is required' },
    { pointer: '/headers/X-A~1B', code: 'invalid_format', message: 'is not a name' },
    { pointer: '/batch', code: 'unknown_field', message: 'is not known' },
  ],
});

describe('useFieldErrors', () => {
  it('puts each fault to the form item that owns its pointer', () => {
    const fields = useFieldErrors(['/url', '/headers', '/name']);
    expect(fields.take(refused)).toBe(true);
    expect(fields.errorAt('/url')).toBe('不能为空');
    expect(fields.errorAt('/headers')).toBe('X-A/B: 格式不正确');
    expect(fields.errorAt('/name')).toBe('');
  });

  it('does not take a longer name for something below', () => {
    const fields = useFieldErrors(['/url']);
    fields.take(
      new ApiError({
        code: 'invalid_input',
        status: 422,
        errors: [{ pointer: '/urlBackup', code: 'required', message: 'is required' }],
      }),
    );
    expect(fields.errorAt('/url')).toBe('');
  });

  it('keeps the faults that no form item owns, so that they can be shown as well', () => {
    const fields = useFieldErrors(['/url', '/headers']);
    fields.take(refused);
    expect(fields.unowned.value).toEqual(['/batch: 不认识这个字段']);
  });

  it('puts a taken external id to its field', () => {
    const fields = useFieldErrors(['/externalId']);
    const taken = new ApiError({ code: 'external_id_taken', status: 409, detail: 'Another webhook has it' });
    expect(fields.take(taken)).toBe(true);
    expect(fields.errorAt('/externalId')).toBe('已被占用');
    expect(fields.unowned.value).toEqual([]);
  });

  it('leaves other failures to the caller, and drops the faults of the attempt before', () => {
    const fields = useFieldErrors(['/url']);
    fields.take(refused);
    expect(fields.take(new ApiError({ code: 'conflict', status: 409 }))).toBe(false);
    expect(fields.errorAt('/url')).toBe('');
  });
});
