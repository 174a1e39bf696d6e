/** Reports what a service is doing: one short line at a time, without a line break. */
export type Report = (line: string) => void;

export const silent: Report = () => undefined;

/** An error with a sufficient message; the launcher prints it without a stack. */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
