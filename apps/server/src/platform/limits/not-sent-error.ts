/** What could not be sent for want of something of this process: no attempt was made, and no other side is to blame. */

const RETRY_SECONDS = 5;

export class NotSentError extends Error {
  /** When it is worth another try. */
  readonly retryAfterSeconds = RETRY_SECONDS;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Codes of errors that say: the system has no file descriptor or socket left to give, to this process or to any. */
const OUT_OF_DESCRIPTORS: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS']);

/** Looks below errors of the database, and at causes. */
export function isOutOfDescriptors(error: unknown): boolean {
  const { code, driverError, cause } = (error ?? {}) as {
    code?: unknown;
    driverError?: unknown;
    cause?: unknown;
  };
  if (OUT_OF_DESCRIPTORS.has(code)) return true;
  const inner = driverError ?? cause;
  return inner !== undefined && isOutOfDescriptors(inner);
}

/** @returns null unless the error says that this process could not send */
export function notSentFor(error: unknown): NotSentError | null {
  if (error instanceof NotSentError) return error;
  if (!isOutOfDescriptors(error)) return null;
  return new NotSentError('The service has no file descriptor left right now; nothing was sent', {
    cause: error,
  });
}
