import { readFile, rename, stat } from 'node:fs/promises';

const LARGEST_LOG_BYTES = 10 * 1024 * 1024;

/** The last lines of a log, for the error message of a program that did not start. */
export async function readLogTail(file: string, lines = 8): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Rotates a log before a program starts: a large one becomes `<file>.1`, replacing the last one. */
export async function rotateLargeLog(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGEST_LOG_BYTES) await rename(file, `${file}.1`);
}
