/** Tests the kits in their own languages, then against the running service. A language without its runtime is named. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { KIT_LANGUAGES } from './kit-languages.mjs';
import { inRoot } from './paths.mjs';
import { capture, StepError } from './run.mjs';
import { runVitest } from './suites.mjs';

/** The receivers that `apps/server/src/testing/kit-receivers.ts` starts. */
const RECEIVERS = inRoot('.cache', 'kits', 'receivers.json');

/** Returns `{ passed, failed, failures, output, note }`; `note` names the languages that were not run. */
export async function runKits() {
  const missing = [];
  const results = [];
  const receivers = [];
  for (const language of KIT_LANGUAGES) {
    const reason = await missingRuntime(language);
    if (reason !== null) {
      missing.push({ name: language.name, reason });
      continue;
    }
    const result = await testLanguage(language);
    results.push(result);
    if (result.failed === 0) receivers.push(...language.receivers());
  }
  mkdirSync(path.dirname(RECEIVERS), { recursive: true });
  writeFileSync(RECEIVERS, JSON.stringify(receivers));
  results.push(
    await runVitest('kits'),
    ...(process.env.REQUIRE_EVERY_KIT === 'true' ? missing.map(demanded) : []),
  );
  return {
    passed: sum(results.map(({ passed }) => passed)),
    failed: sum(results.map(({ failed }) => failed)),
    failures: results.flatMap(({ failures }) => failures),
    output: results
      .filter(({ failed }) => failed > 0)
      .map(({ output }) => output)
      .join('\n'),
    note: missing.map(({ name, reason }) => `NOT RUN: ${name} (${reason})`).join(', '),
  };
}

/** Why a language cannot be run here; null: it can. A broken installation is a failure, which its tests show. */
async function missingRuntime({ needs, install }) {
  const first = async () => {
    for (const [command, ...args] of needs) {
      const { code } = await capture(command, args);
      if (code === 127) return `${command} is not on this machine`;
      if (code !== 0) return `${command} is too old, or lacks a part`;
    }
    return null;
  };
  const reason = await first();
  if (reason === null || !install || !(await install())) return reason;
  return first();
}

async function testLanguage({ name, test }) {
  try {
    const { code, output, passed, failures } = await test();
    const hasCrashed = failures.length === 0 && (code !== 0 || passed === 0);
    const named = hasCrashed ? ['failed outside its tests, see above'] : failures;
    return {
      passed,
      failed: named.length,
      failures: named.map((failure) => `kit in ${name} > ${failure}`),
      output,
    };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const failures = [`kit in ${name} > ${error.message}`];
    return { passed: 0, failed: 1, failures, output: error.output };
  }
}

function demanded({ name, reason }) {
  return { passed: 0, failed: 1, failures: [`kit in ${name} > not run: ${reason}`], output: reason };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
