/** Installs programs with apt-get, if that needs no permission. */
import { capture } from './run.mjs';

/** Waits for another apt process, for example unattended upgrades, and retries downloads. */
const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];

/** Returns whether they are installed. */
export async function installWithApt(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => capture('apt-get', [...APT_OPTIONS, ...args], { env });
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
  if ((await install()).code === 0) return true;
  await apt('update');
  return (await install()).code === 0;
}
