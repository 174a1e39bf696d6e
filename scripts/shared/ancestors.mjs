/**
 * Watches the processes between npm and this one: npm passes a signal on to its shell, which may end without passing it
 * on.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 200;
const MAX_GENERATIONS = 8;

/** Calls `whenLost` once when one of the processes between npm and us, or npm itself, is gone. */
export function watchAncestors(whenLost) {
  if (!process.env.npm_lifecycle_event) return;
  const ancestors = ancestorsUpToNpm();
  const timer = setInterval(() => {
    if (ancestors.every(isAlive)) return;
    clearInterval(timer);
    whenLost();
  }, LOOK_EVERY_MS);
  timer.unref();
}

function ancestorsUpToNpm() {
  const ancestors = [];
  for (let pid = process.ppid; pid > 1 && ancestors.length < MAX_GENERATIONS; pid = parentOf(pid)) {
    ancestors.push(pid);
    if (isPackageManager(pid)) return ancestors;
  }
  // Without npm among them, our own parent is watched.
  return ancestors.slice(0, 1);
}

const isPackageManager = (pid) => /\b(npm|npx|pnpm|yarn)\b/.test(ask(pid, 'command'));

function parentOf(pid) {
  return Number(ask(pid, 'ppid'));
}

function ask(pid, what) {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', `${what}=`, '-p', `${pid}`], { encoding: 'utf8' });
    if (what === 'command') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold spaces; the parent is the second field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
