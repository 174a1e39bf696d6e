/** Signals that this process lacked a resource to send: no attempt was made, and the peer is not to blame. */

const RETRY_SECONDS = 5;

export class NotSentError extends Error {
  /** When to retry. */
  readonly retryAfterSeconds = RETRY_SECONDS;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Codes for a lack of file descriptors or sockets, in this process or the system. */
const OUT_OF_DESCRIPTORS: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS']);

/** Also checks wrapped database errors and causes. */
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
