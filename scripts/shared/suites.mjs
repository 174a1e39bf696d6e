/** Runs one test suite at a time and reads from its JSON report how many tests passed and failed. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot, PROJECT_NODE, projectEnvironment, ROOT } from './paths.mjs';
import { capture } from './run.mjs';

const REPORTS = inRoot('.cache', 'test-reports');

/**
 * Returns `{ passed, failed, failures, output }`, where `failures` names the failed tests; a suite that crashes or runs
 * nothing counts as one failed test.
 */
export async function runVitest(project) {
  const report = prepareReport(project);
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { code, output } = await capture(inRoot('node_modules/.bin/vitest'), args, {
    env: projectEnvironment(),
  });
  return judge(code, output, readReport(report, countVitest));
}

/** @param programs paths of the browser and of nginx, null for what is not here */
export async function runPlaywright({ browser, nginx }) {
  const report = prepareReport('e2e');
  const directory = inRoot('e2e');
  const env = projectEnvironment({
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    ...(browser ? { CHROMIUM_PATH: browser } : {}),
    ...(nginx ? { NGINX_PATH: nginx } : {}),
  });
  const { code, output } = await capture(
    path.join(directory, 'node_modules/.bin/playwright'),
    ['test', '--reporter=dot,json'],
    { cwd: directory, env },
  );
  return judge(code, output, readReport(report, countPlaywright));
}

/** A short run: rounds of seconds with a random seed. */
export async function runFaults() {
  const report = prepareReport('faults');
  const { code, output } = await capture(
    PROJECT_NODE,
    [inRoot('faults/dist/main.js'), '--short', '--report', report],
    { env: projectEnvironment() },
  );
  return judge(
    code,
    output,
    readReport(report, (counts) => counts),
  );
}

/** The benchmark's cheap cases: each must end with nothing lost, however slow it is. */
export async function runBenchmark() {
  const report = prepareReport('benchmark');
  const { code, output } = await capture(
    PROJECT_NODE,
    [inRoot('bench/dist/main.js'), '--smoke', '--json', report],
    { env: projectEnvironment() },
  );
  return judge(code, output, readReport(report, countCases));
}

function judge(code, output, counts) {
  const { passed, failed, failures = [] } = counts ?? { passed: 0, failed: 0 };
  const hasCrashed = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: hasCrashed ? 1 : failed, failures, output };
}

function prepareReport(name) {
  mkdirSync(REPORTS, { recursive: true });
  const report = path.join(REPORTS, `${name}.json`);
  rmSync(report, { force: true });
  return report;
}

function readReport(file, count) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function countVitest(report) {
  // A file that cannot even be loaded has no tests to report.
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failedTests = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${path.relative(ROOT, file.name)} > ${test.fullName}`),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    failures: [...failedTests, ...unloadable.map((file) => path.relative(ROOT, file.name))],
  };
}

/** A test that passes only when it is repeated has failed. */
function countPlaywright({ stats, errors, suites }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + (errors ?? []).length,
    failures: suites.flatMap(failedSpecs),
  };
}

function failedSpecs({ file, specs, suites = [] }) {
  const failed = specs.filter(({ tests }) =>
    tests.some(({ status }) => ['unexpected', 'flaky'].includes(status)),
  );
  return [...failed.map(({ title }) => `e2e ${file} > ${title}`), ...suites.flatMap(failedSpecs)];
}

function countCases({ results, broken }) {
  return {
    passed: results.filter(({ name }) => !broken.some((each) => each.name === name)).length,
    failed: broken.length,
    failures: broken.map(({ name, faults }) => `benchmark ${name}: ${faults.join('; ').split('\n')[0]}`),
  };
}
