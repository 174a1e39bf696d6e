/** Finds a Chromium for the browser tests, or installs one. */
import { installWithApt } from './apt.mjs';
import { findProgram, isDebian, isExecutable, isRoot } from './machine.mjs';
import { inRoot } from './paths.mjs';
import { step } from './progress.mjs';
import { StepError } from './run.mjs';
import { runTool } from './workspace.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** With fonts: the console's first language is Chinese. */
const APT_PACKAGES = ['chromium', 'fonts-noto-cjk'];

/** The browser's path, or null when Playwright is to use the one it downloaded. */
export async function ensureBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (isExecutable(given)) return given;
    throw new StepError(`CHROMIUM_PATH is ${given}, which cannot be run`);
  }
  const found = findBrowser();
  if (found) return found;
  if (
    isDebianAsRoot() &&
    (await step('installing Chromium with apt-get', () => installWithApt(APT_PACKAGES)))
  )
    return findBrowser();
  await step("downloading Playwright's Chromium", async () => {
    await runTool('playwright', ['install', 'chromium'], inRoot('e2e'));
  });
  return null;
}

const findBrowser = () => findProgram(NAMES, ELSEWHERE);

/** Ubuntu's package of that name installs a snap, which containers cannot run. */
const isDebianAsRoot = () => isRoot() && isDebian();
