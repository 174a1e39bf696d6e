import { z } from 'zod';

/** Every error code of the API with its HTTP status. The console translates by code; clients may branch on it. */
export const ERROR_STATUS = {
  malformed_json: 400,
  malformed_request: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  second_factor_required: 401,
  second_factor_invalid: 401,
  signature_invalid: 401,
  timestamp_out_of_window: 401,
  nonce_reused: 401,
  forbidden: 403,
  second_factor_setup_required: 403,
  password_change_required: 403,
  tenant_suspended: 403,
  csrf_header_missing: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  external_id_taken: 409,
  idempotency_conflict: 409,
  idempotency_key_reused: 409,
  idempotency_key_in_progress: 409,
  precondition_failed: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  invalid_input: 422,
  search_too_broad: 422,
  too_many_requests: 429,
  headers_too_large: 431,
  internal_error: 500,
  service_unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Below it, problem documents also have a `message`, which clients of that API read. */
export const FAMILIAR_API_BASE = '/api/webhooks';

/** Faults that one answer names; if there are more, it says so with `errorsTruncated`. */
export const MAX_FIELD_ERRORS = 20;

/** One fault in the input. */
export const fieldErrorCodeSchema = z.enum([
  'required',
  'unknown_field',
  'invalid_type',
  'invalid_format',
  'invalid_value',
  'too_small',
  'too_big',
  'unknown_event',
  'blocked_address',
  'already_taken',
  'invisible_character',
  'too_large',
  'expired',
  'key_mismatch',
  'key_encrypted',
]);
export type FieldErrorCode = z.infer<typeof fieldErrorCodeSchema>;

export const fieldErrorSchema = z.object({
  /** JSON Pointer (RFC 6901) into the request body, or `?name` for a query parameter. */
  pointer: z.string(),
  code: fieldErrorCodeSchema,
  message: z.string(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** `application/problem+json`, RFC 9457, with `code`, `requestId` and `errors` as extension members. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
    requestId: z.string(),
    /** The same as `detail`, only below `/api/webhooks`. */
    message: z.string().optional(),
    errors: z.array(fieldErrorSchema).optional(),
    /** There are more faults than `errors` names. */
    errorsTruncated: z.literal(true).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
