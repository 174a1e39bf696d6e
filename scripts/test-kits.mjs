/** Tests the kits of every language that is on this machine (`pnpm test:kits`); a part of `npm test`. */
import { runKits } from './shared/kits.mjs';
import { fail, step } from './shared/progress.mjs';
import { checkNode, ensureBuilt, ensureInstalled, ensureKitsBuilt } from './shared/workspace.mjs';

checkNode();
try {
  await ensureInstalled();
  await ensureBuilt();
  await ensureKitsBuilt();
  let result;
  await step('kit tests', async () => {
    result = await runKits();
    return result.note;
  });
  if (result.failed > 0) console.log(result.output.trimEnd());
  for (const failure of result.failures) console.log(`✗ ${failure}`);
  console.log(`${result.passed} passed, ${result.failed} failed`);
  if (result.failed > 0 || result.passed === 0) process.exitCode = 1;
} catch (error) {
  fail(error);
}
