import { ERROR_STATUS, MAX_FIELD_ERRORS, type ErrorCode, type FieldError } from '@im/contracts/problem';

/** Maximal length of a pointer and of a sentence in an answer; both may contain what the client sent. */
const MAX_TEXT = 500;

/** The error type of the domain: thrown anywhere below a controller, answered as a problem document by the filter. */
export class DomainError extends Error {
  readonly status: number;
  /** What is wrong with the input, as far as an answer names it. */
  readonly errors: readonly FieldError[] | undefined;
  /** Whether there is more than that. */
  readonly isTruncated: boolean;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly options: {
      errors?: readonly FieldError[];
      retryAfterSeconds?: number;
      /** Methods that the path has. */
      allow?: readonly string[];
      cause?: unknown;
    } = {},
  ) {
    super(shortened(message), { cause: options.cause });
    this.name = 'DomainError';
    this.status = ERROR_STATUS[code];
    this.errors = options.errors?.slice(0, MAX_FIELD_ERRORS).map(shortenedError);
    this.isTruncated = (options.errors?.length ?? 0) > MAX_FIELD_ERRORS;
  }

  /** One fault in the input. */
  static invalid(error: FieldError): DomainError {
    return new DomainError('invalid_input', `${error.pointer} ${error.message}`, { errors: [error] });
  }

  static notFound(what: string): DomainError {
    return new DomainError('not_found', `There is no such ${what}`);
  }
}

function shortenedError({ pointer, code, message }: FieldError): FieldError {
  return { pointer: shortened(pointer), code, message: shortened(message) };
}

function shortened(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT).toWellFormed()}…`;
}
