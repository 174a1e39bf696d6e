/** Finds an nginx for the tests below a path, or fetches one. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findProgram, isDebian, isExecutable } from './machine.mjs';
import { inRoot } from './paths.mjs';
import { step } from './progress.mjs';
import { capture, StepError } from './run.mjs';

/** Unpacked here, not installed: tests must not leave a service on port 80 behind. */
const FOLDER = inRoot('.cache', 'nginx');
const UNPACKED = path.join(FOLDER, 'usr', 'sbin', 'nginx');

/** Its path, or null when it is missing; the tests that are left out are printed. */
export async function ensureNginx() {
  const given = process.env.NGINX_PATH;
  if (given) {
    if (isExecutable(given)) return given;
    throw new StepError(`NGINX_PATH is ${given}, which cannot be run`);
  }
  const found = findProgram(['nginx'], ['/usr/sbin/nginx', '/usr/local/sbin/nginx', UNPACKED]);
  if (found) return found;
  if (isDebian() && (await step('fetching nginx with apt-get', fetchWithApt))) return UNPACKED;
  console.log('! nginx is not here (NGINX_PATH, or on the PATH): the tests below a path were not run');
  return null;
}

/** @returns whether it runs here */
async function fetchWithApt() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  if (!(await download())) {
    await capture('apt-get', ['update']);
    if (!(await download())) return false;
  }
  const packages = readdirSync(FOLDER).filter((name) => name.endsWith('.deb'));
  for (const name of packages) await capture('dpkg-deb', ['-x', path.join(FOLDER, name), FOLDER]);
  // Its libraries are on nearly every machine.
  return (await capture(UNPACKED, ['-v'])).code === 0;
}

async function download() {
  return (await capture('apt-get', ['download', 'nginx'], { cwd: FOLDER })).code === 0;
}
