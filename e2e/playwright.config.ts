import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROMIUM_PATH;

/** Its tests run behind nginx. */
const BEHIND_NGINX = 'below-a-path.spec.ts';
const hasNginx = Boolean(process.env.NGINX_PATH);
// Workers read this file, too.
if (!hasNginx && process.env.TEST_WORKER_INDEX === undefined)
  process.stderr.write(`NGINX_PATH is not set: ${BEHIND_NGINX} is not run\n`);

/** One product for the whole run; every test has an app of its own, so they may run side by side. */
export default defineConfig({
  testDir: 'tests',
  testIgnore: hasNginx ? [] : [`**/${BEHIND_NGINX}`],
  outputDir: 'test-results/artifacts',
  globalSetup: './harness/global-setup.ts',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // Far more than they take on an idle machine: a busy one may be slow without being wrong.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: 'light',
    // Animations and, in traces, copies of every page would take a seventh of the whole run.
    contextOptions: { reducedMotion: 'reduce' },
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
