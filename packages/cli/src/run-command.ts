/** Runs what a command does: signals end it, failures become one line and an exit code. */
import { isApiError } from '@im/client/api-error';
import { CliError, EXIT, exitCodeOf, type ExitCode } from './exit-codes.js';
import type { Session } from './session.js';

/** SIGHUP: the terminal was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** @param work gets a signal that is aborted when the command shall end */
export type Run = (work: (signal: AbortSignal) => Promise<void>) => Promise<void>;

export function runWith(session: Session, exit: (code: ExitCode) => void): Run {
  return async (work) => {
    const ending = new AbortController();
    const end = (): void => {
      ending.abort();
    };
    session.signal = ending.signal;
    for (const signal of SIGNALS) process.once(signal, end);
    // Such as `imcb tail | head -1`: no more is read, so the command ends as if by a signal, and closes what it opened.
    process.stdout.once('error', end);
    try {
      await work(ending.signal);
    } catch (error) {
      if (ending.signal.aborted) exit(EXIT.interrupted);
      else exit(report(error, session));
    } finally {
      for (const signal of SIGNALS) process.off(signal, end);
      process.stdout.off('error', end);
    }
  };
}

function report(error: unknown, { out, text }: Session): ExitCode {
  if (error instanceof CliError) {
    // `diff` has said what differs.
    if (error.message !== '') out.error(error.message, {});
    return error.exitCode;
  }
  if (isApiError(error)) {
    const { code, status, requestId, errors } = error;
    const faults = errors.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
    const what = faults === '' ? error.message : faults;
    const hint = code === 'unauthenticated' ? ` ${text.errors.logInAgain}` : '';
    out.error(what + hint, { code, status, ...(requestId !== undefined && { requestId }), errors });
    return exitCodeOf(code, status);
  }
  out.error(error instanceof Error ? error.message : String(error), {});
  return EXIT.failed;
}
