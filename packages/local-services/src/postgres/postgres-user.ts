/**
 * Chooses the user of PostgreSQL, which refuses to run as root. Started by root it runs as another user, who must reach
 * binaries and data that may be readable by root only (a clone under /root, DATA_DIR itself): it keeps the one
 * capability for that, CAP_DAC_OVERRIDE, and cannot gain any other.
 */
import { chown, lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PlainError } from '../report.js';

export interface ServiceUser {
  uid: number;
  gid: number;
}

export interface Invocation {
  command: string;
  args: string[];
}

const PREFERRED_NAMES = ['postgres', 'nobody'];

/** Null when we are not root: everything runs as ourselves. */
export async function chooseServiceUser(clusterDir: string): Promise<ServiceUser | null> {
  if (process.getuid?.() !== 0) return null;
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  const ownerUid = await lstat(clusterDir).then(
    (found) => found.uid,
    () => 0,
  );
  const owner = [...users.values()].find((user) => user.uid !== 0 && user.uid === ownerUid);
  const chosen = owner ?? PREFERRED_NAMES.map((name) => users.get(name)).find((user) => user !== undefined);
  if (!chosen)
    throw new PlainError('PostgreSQL cannot run as root and there is no user "postgres" or "nobody"');
  return chosen;
}

export function parsePasswd(passwd: string): Map<string, ServiceUser> {
  const users = new Map<string, ServiceUser>();
  for (const line of passwd.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && uid && gid && uid !== '0') users.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return users;
}

export function runAs(user: ServiceUser | null, invocation: Invocation): Invocation {
  if (user === null) return invocation;
  return {
    command: 'setpriv',
    args: [
      `--reuid=${String(user.uid)}`,
      `--regid=${String(user.gid)}`,
      '--clear-groups',
      '--no-new-privs',
      '--inh-caps=-all,+dac_override',
      '--ambient-caps=-all,+dac_override',
      // Without it access(2), which initdb asks first, would ignore the capability.
      '--securebits=+no_setuid_fixup',
      '--',
      invocation.command,
      ...invocation.args,
    ],
  };
}

/** Gives a cluster copied by root back to the user it runs as. */
export async function giveTo(user: ServiceUser | null, directory: string): Promise<void> {
  if (user === null || (await lstat(directory)).uid === user.uid) return;
  const entries = await readdir(directory, { recursive: true });
  for (const entry of entries) await chown(path.join(directory, entry), user.uid, user.gid);
  await chown(directory, user.uid, user.gid);
}
