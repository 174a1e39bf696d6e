/** Cuts an error down to what a log line may hold: drivers attach whole statements and their parameters to theirs. */
const MAX_MESSAGE_LENGTH = 500;
const MAX_STACK_LENGTH = 4_000;

/** @returns an error with the name, the code and the beginning of message and stack of the one given */
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
