/** Shortens an error for a log line: drivers attach whole statements and their parameters. */
const MAX_MESSAGE_LENGTH = 500;
const MAX_STACK_LENGTH = 4_000;

/** @returns an error with the same name and code and the beginning of message and stack */
export function boundedError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error).slice(0, MAX_MESSAGE_LENGTH));
  const bounded = new Error(error.message.slice(0, MAX_MESSAGE_LENGTH));
  bounded.name = error.name;
  const { code } = error as { code?: unknown };
  return Object.assign(bounded, {
    stack: error.stack?.slice(0, MAX_STACK_LENGTH),
    ...(typeof code === 'string' && { code }),
  });
}
