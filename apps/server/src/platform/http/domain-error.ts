import { ERROR_STATUS, type ErrorCode, type FieldError } from '@im/contracts/problem';

/** The one error type of the domain: thrown anywhere below a controller, written as a problem document by the filter. */
export class DomainError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly options: {
      errors?: FieldError[];
      retryAfterSeconds?: number;
      /** Methods that the path has. */
      allow?: readonly string[];
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'DomainError';
    this.status = ERROR_STATUS[code];
  }

  /** One faulty place of the input. */
  static invalid(error: FieldError): DomainError {
    return new DomainError('invalid_input', `${error.pointer} ${error.message}`, { errors: [error] });
  }

  static notFound(what: string): DomainError {
    return new DomainError('not_found', `There is no such ${what}`);
  }
}
