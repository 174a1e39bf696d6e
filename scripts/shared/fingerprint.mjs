/** Detects quickly whether files changed since a step was last done, from names, sizes and times. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './paths.mjs';

/** Inside node_modules, so that it is deleted with it. */
const STAMPS = inRoot('node_modules', '.cache', 'im-callback');
const IGNORED = new Set(['node_modules', 'dist']);

export function fingerprintOf(paths, { byContent = false } = {}) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of paths.flatMap(listFiles).sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`\n${path.relative(inRoot(), file)} ${byContent ? '' : `${size} ${mtimeMs}`}`);
    if (byContent) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

function listFiles(start) {
  const found = statSync(start, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [start];
  return readdirSync(start)
    .filter((name) => !IGNORED.has(name))
    .flatMap((name) => listFiles(path.join(start, name)));
}

/** The fingerprint kept when the step was last done, or null. */
export function readStamp(step) {
  try {
    return readFileSync(path.join(STAMPS, step), 'utf8');
  } catch {
    return null;
  }
}

export function writeStamp(step, fingerprint) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(path.join(STAMPS, step), fingerprint);
}
