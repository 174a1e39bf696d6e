/** Runs every suite (`npm test`): installs what the tests need, and ends with one line: `N passed, N failed`. */
import { ensureBrowser } from './shared/browser.mjs';
import { ensureClientTools } from './shared/client-tools.mjs';
import { runDeployment } from './shared/deployment.mjs';
import { runKits } from './shared/kits.mjs';
import { ensureNginx } from './shared/nginx.mjs';
import { fail, step } from './shared/progress.mjs';
import { runBenchmark, runFaults, runPlaywright, runVitest } from './shared/suites.mjs';
import {
  checkNode,
  ensureBuilt,
  ensureInstalled,
  ensureKitsBuilt,
  ensureTestbedBuilt,
} from './shared/workspace.mjs';

const MAX_NAMED_FAILURES = 50;

checkNode();
const total = { passed: 0, failed: 0, failures: [] };
try {
  await ensureInstalled();
  await ensureBuilt();
  await ensureTestbedBuilt();
  await ensureKitsBuilt();
  await countVitest('unit');
  await countVitest('console');
  await countDeployment();
  await besideFaults(async () => {
    await countVitest('services');
    await countVitest('db');
    await count('benchmark', runBenchmark);
  });
  await step('tools that generate clients', ensureClientTools);
  await countVitest('flow');
  await count('kit', runKits);
  const programs = { browser: await ensureBrowser(), nginx: await ensureNginx() };
  await count('e2e', () => runPlaywright(programs));
} catch (error) {
  total.failed += 1;
  fail(error);
}
if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
// Again at the end, where a log that was cut still shows them.
for (const failure of total.failures.slice(0, MAX_NAMED_FAILURES)) console.log(`✗ ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed`);

/** Runs the fault suite at the same time: it mostly waits for processes it killed, and has its own databases and ports. */
async function besideFaults(run) {
  const results = await Promise.allSettled([count('fault', () => runFaults()), run()]);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

async function countVitest(project) {
  await count(project, () => runVitest(project));
}

/** Names what could not be checked here. */
async function countDeployment() {
  let notRun = [];
  await count('deployment', async () => {
    const result = await runDeployment();
    notRun = result.notRun;
    return result;
  });
  for (const reason of notRun) console.log(`! ${reason}`);
}

async function count(suite, run) {
  let output = '';
  await step(`${suite} tests`, async () => {
    const result = await run();
    total.passed += result.passed;
    total.failed += result.failed;
    const isUnnamed = result.failed > 0 && result.failures.length === 0;
    total.failures.push(
      ...(isUnnamed ? [`the ${suite} suite failed outside its tests, see above`] : result.failures),
    );
    if (result.failed > 0) output = result.output;
    const counts = `${result.passed} passed, ${result.failed} failed`;
    return result.note ? `${counts}; ${result.note}` : counts;
  });
  if (output) console.log(output.trimEnd());
}
