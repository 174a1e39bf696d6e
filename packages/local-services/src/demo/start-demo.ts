import type { LaunchSettings } from '../start/launch-settings.js';
import type { Report } from '../report.js';
import type { AdminSession } from './admin-session.js';
export async function startDemo(session: AdminSession, settings: LaunchSettings, report: Report) {
  report(`demo for ${settings.localUrl}`);
  await session.logOut();
  return { stop: () => Promise.resolve() };
}
