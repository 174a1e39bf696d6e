/** `npm test`: installs what the tests need, runs every suite, and ends with one line: `N passed, N failed`. */
import { ensureBrowser } from './shared/browser.mjs';
import { fail, step } from './shared/progress.mjs';
import { runFaults, runPlaywright, runVitest } from './shared/suites.mjs';
import { ensureBuilt, ensureInstalled, ensureTestbedBuilt, refuseOldNode } from './shared/workspace.mjs';

const VITEST_PROJECTS = ['unit', 'console', 'services', 'db', 'flow'];

refuseOldNode();
const total = { passed: 0, failed: 0 };
try {
  await ensureInstalled();
  await ensureBuilt();
  await ensureTestbedBuilt();
  for (const project of VITEST_PROJECTS) await count(project, () => runVitest(project));
  await count('fault', () => runFaults());
  const browser = await ensureBrowser();
  await count('e2e', () => runPlaywright(browser));
} catch (error) {
  total.failed += 1;
  fail(error);
}
if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
console.log(`${total.passed} passed, ${total.failed} failed`);

async function count(suite, run) {
  let output = '';
  await step(`${suite} tests`, async () => {
    const result = await run();
    total.passed += result.passed;
    total.failed += result.failed;
    if (result.failed > 0) output = result.output;
    return `${result.passed} passed, ${result.failed} failed`;
  });
  if (output) console.log(output.trimEnd());
}
