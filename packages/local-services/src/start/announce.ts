/** Announces where the server is and how to log in, once it answers, and starts the demo on request. */
import type { AppSummary } from '@im/contracts/api/apps';
import { AdminSession } from '../demo/admin-session.js';
import { startDemo } from '../demo/start-demo.js';
import type { Report } from '../report.js';
import { removeUselessPassword } from './first-admin.js';
import type { Launched } from './launch.js';
import type { LaunchSettings } from './launch-settings.js';
import { readyMessage } from './ready-message.js';
import type { Teardown } from './teardown.js';

export async function announce(
  settings: LaunchSettings,
  { admin, logFile }: Launched,
  teardown: Teardown,
  report: Report,
): Promise<void> {
  const session = await AdminSession.logIn(settings.localUrl, {
    email: admin.email,
    password: admin.password,
  });
  if (session === null) await removeUselessPassword(admin);
  const apps = await session?.call<AppSummary[]>('GET', '/apps');
  if (settings.embedded.length > 0) {
    report(
      `embedded ${settings.embedded.join(' and ')}: webhooks may reach loopback (${settings.allowedCidrs})`,
    );
  }
  report(
    readyMessage({
      settings,
      admin,
      isPasswordValid: session !== null,
      hasApps: apps?.length !== 0,
      logFile,
    }),
  );
  if (session === null) {
    if (settings.isDemo)
      report('the demo needs the admin to log in: start again with ADMIN_EMAIL and ADMIN_PASSWORD');
  } else if (settings.isDemo) {
    const demo = await startDemo(session, settings.localUrl, report);
    teardown.add(() => demo.stop());
  } else {
    await session.logOut();
  }
}
