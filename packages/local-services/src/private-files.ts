/** Writes files of DATA_DIR for their owner only: directories 0700, secrets 0600. */
import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';

const OWNER_ONLY_DIRECTORY = 0o700;
const OWNER_ONLY_FILE = 0o600;

export async function ensurePrivateDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  await chmod(directory, OWNER_ONLY_DIRECTORY);
}

/** The file's text without its line end, or null when there is no such file. */
export async function readTextIfPresent(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Never leaves half a file behind: the name appears only once the content is complete. */
export async function writeNewPrivateFile(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}.draft`;
  await writeFile(draft, `${text}\n`, { mode: OWNER_ONLY_FILE });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

export interface KeptSecret {
  value: string;
  isNew: boolean;
}

/** The secret kept in `file`; made and kept at the first call. */
export async function keepSecret(file: string, generate: () => string): Promise<KeptSecret> {
  const kept = await readTextIfPresent(file);
  if (kept) return { value: kept, isNew: false };
  await rm(file, { force: true });
  const value = generate();
  await writeNewPrivateFile(file, value);
  return { value, isNew: true };
}

export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT');
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
