/** Finds a Redis: on PATH, else (on Debian as root) the distribution's package, else built by redis-memory-server. */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { messageOf, PlainError, type Report } from '../report.js';

const run = promisify(execFile);
const NAMES = ['redis-server', 'valkey-server'];
const APT_ENVIRONMENT = { DEBIAN_FRONTEND: 'noninteractive' };
/** Waits for another apt process and retries downloads. */
const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];

export async function findRedis(report: Report): Promise<string> {
  const onPath = findOnPath();
  if (onPath !== null) return onPath;
  if (isDebianAsRoot()) {
    const installed = await installWithApt(report);
    if (installed !== null) return installed;
  }
  return buildFromSources(report);
}

export function findOnPath(searchPath = process.env.PATH ?? ''): string | null {
  const directories = searchPath.split(path.delimiter).filter((directory) => directory !== '');
  const candidates = NAMES.flatMap((name) => directories.map((directory) => path.join(directory, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDebianAsRoot(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** The package may start its own Redis on the usual port; ours uses another port. */
async function installWithApt(report: Report): Promise<string | null> {
  const apt = (...args: string[]) =>
    run('apt-get', [...APT_OPTIONS, ...args], { env: { ...process.env, ...APT_ENVIRONMENT } });
  const install = () => apt('install', '-y', '--no-install-recommends', 'redis-server');
  report('installing redis-server with apt-get');
  try {
    await install().catch(async () => {
      await apt('update');
      await install();
    });
  } catch (error) {
    report(`apt-get could not install redis-server: ${messageOf(error).split('\n')[0] ?? ''}`);
  }
  return findOnPath() ?? findOnPath('/usr/bin');
}

async function buildFromSources(report: Report): Promise<string> {
  report('building Redis from its sources (once, this takes some minutes)');
  try {
    const { default: module } = await import('redis-memory-server/lib/util/RedisBinary.js');
    return await module.default.getPath();
  } catch (error) {
    throw new PlainError(
      `there is no Redis: install redis-server or valkey-server, or set REDIS_URL (building it failed: ${messageOf(error)})`,
    );
  }
}
