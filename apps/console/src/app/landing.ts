/** Chooses the page that a person lands on: where their work is. */
import { listFewApps } from '../features/apps/apps.api.js';
import { paths } from '../shared/navigation/paths.js';
import type { Role } from '@im/contracts/api/auth';

/** With one app its page for the role, else the list of apps. */
export async function landingPage(role: Role | null): Promise<string> {
  try {
    const { data } = await listFewApps(AbortSignal.timeout(10_000));
    const [only, ...others] = data;
    if (!only || others.length > 0) return paths.apps;
    return role === 'support' ? paths.trace(only.appKey) : paths.overview(only.appKey);
  } catch {
    // The list says what is wrong.
    return paths.apps;
  }
}
