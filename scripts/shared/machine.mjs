/** Says what this machine is and has. */
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';

/** The first of these names on the PATH, else the first of these files that can be run, else null. */
export function findProgram(names, elsewhere = []) {
  const directories = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => directories.map((directory) => path.join(directory, name)));
  return [...onPath, ...elsewhere].find(isExecutable) ?? null;
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian itself. */
export function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

export const isRoot = () => process.getuid?.() === 0;
