/** Lists the exit codes; README.md documents them. */
import type { FailureCode } from '@im/client/api-error';

export const EXIT = {
  ok: 0,
  /** An internal error of the command. */
  failed: 1,
  /** Wrong arguments or files. */
  usage: 2,
  /** No token, a wrong one, or one that may not do this. */
  denied: 3,
  notFound: 4,
  /** The service refused it as it is. */
  refused: 5,
  /** The service cannot be reached, or does not work. */
  unreachable: 6,
  /** `diff`: there are changes to apply. */
  different: 7,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with one line. */
export class CliError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message);
    this.name = 'CliError';
  }
}

export function exitCodeOf(code: FailureCode, status: number | null): ExitCode {
  if (status === null || status >= 500 || code === 'unreadable') return EXIT.unreachable;
  if (status === 401 || status === 403) return EXIT.denied;
  return status === 404 ? EXIT.notFound : EXIT.refused;
}
