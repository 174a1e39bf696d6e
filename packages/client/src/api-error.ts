/** Defines what a call fails with: the problem that the service answered, or why there is no answer. */
import type { ErrorCode, FieldError } from '@im/contracts/problem';

/** `network`: there was no answer. `timeout`: not in time. `unreadable`: the answer is not the service's. */
export type FailureCode = ErrorCode | 'network' | 'timeout' | 'unreadable';

/** The members of a problem document that the client reads. */
export interface Problem {
  code?: ErrorCode;
  detail?: string;
  title?: string;
  requestId?: string;
  errors?: FieldError[];
}

export class ApiError extends Error {
  /** Of the request, as the service's log names it. */
  readonly requestId: string | undefined;
  /** Each fault of the input, with a JSON pointer to it. */
  readonly errors: readonly FieldError[];

  /** @param status null: there was no answer */
  constructor(
    readonly code: FailureCode,
    readonly status: number | null,
    message: string,
    { requestId, errors }: Pick<Problem, 'requestId' | 'errors'> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ApiError';
    this.requestId = requestId;
    this.errors = errors ?? [];
  }
}

/** Whether something thrown is a failure with one of these codes; without codes, any failure of a call. */
export function isApiError<C extends FailureCode = FailureCode>(
  error: unknown,
  ...codes: C[]
): error is ApiError & { readonly code: C } {
  return error instanceof ApiError && (codes.length === 0 || codes.some((code) => code === error.code));
}
