/** Checks `deploy/` with the tools that it is made for, if they are installed, and the npm tarballs with npm. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram } from './machine.mjs';
import { inRoot } from './paths.mjs';
import { capture } from './run.mjs';
import { runTarballTests } from './tarball-tests.mjs';

const CHART_TESTS = inRoot('deploy', 'helm', 'test');
const MONITORING = inRoot('deploy', 'monitoring');

/** Returns `{ passed, failed, failures, output, notRun }`; `notRun` says what was left out, and why. */
export async function runDeployment() {
  const parts = [await runChartTests(), await runPromtool(), await runTarballTests()];
  return {
    passed: sum(parts.map((part) => part.passed)),
    failed: sum(parts.map((part) => part.failed)),
    failures: parts.flatMap((part) => part.failures),
    output: parts.map((part) => part.output).join('\n'),
    notRun: parts.flatMap((part) => part.notRun),
  };
}

const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
const nothing = (reason) => ({ passed: 0, failed: 0, failures: [], output: '', notRun: [reason] });

async function runChartTests() {
  const go = findProgram(['go'], ['/usr/local/go/bin/go']);
  if (!go) return nothing('Go is not here: the Helm chart was not tested');
  const inTests = { cwd: CHART_TESTS };
  const download = await capture(go, ['mod', 'download'], inTests);
  if (download.code !== 0)
    return nothing(`Go cannot get its modules: the Helm chart was not tested (${lastLine(download.output)})`);
  const { output } = await capture(go, ['test', '-json', './...'], inTests);
  return countGoTests(output);
}

const lastLine = (output) => output.trim().split('\n').at(-1) ?? '';

/** @param output lines of `go test -json` */
export function countGoTests(output) {
  const events = output.split('\n').flatMap(parseEvent);
  const ended = (action) => events.filter(({ Action, Test }) => Test && Action === action);
  const [passed, failed] = [ended('pass'), ended('fail')];
  // What does not compile has no tests.
  const isBroken = passed.length + failed.length === 0;
  const text = events.map((event) => event.Output ?? '').join('');
  return {
    passed: passed.length,
    failed: isBroken ? 1 : failed.length,
    failures: isBroken ? ['the tests of the Helm chart'] : failed.map(({ Test }) => `Helm chart > ${Test}`),
    output: isBroken ? output : text,
    notRun: [],
  };
}

function parseEvent(line) {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

async function runPromtool() {
  const promtool = findProgram(['promtool']);
  if (!promtool) return nothing('promtool is not here: alert rules and dashboards were not checked by it');
  const folder = mkdtempSync(path.join(tmpdir(), 'promtool-'));
  try {
    const expressions = path.join(folder, 'dashboards.yaml');
    writeFileSync(expressions, JSON.stringify(rulesOfDashboards()));
    return await countChecks(promtool, [
      ['check', 'config', path.join(MONITORING, 'prometheus.yaml')],
      ['check', 'rules', path.join(MONITORING, 'alert-rules.yaml')],
      ['check', 'rules', expressions],
      ['test', 'rules', path.join(MONITORING, 'alert-rules.test.yaml')],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function countChecks(promtool, checks) {
  const results = [];
  for (const args of checks) results.push({ args, ...(await capture(promtool, args)) });
  const wrong = results.filter(({ code }) => code !== 0);
  return {
    passed: results.length - wrong.length,
    failed: wrong.length,
    failures: wrong.map(({ args }) => `promtool ${args.join(' ')}`),
    output: wrong.map(({ output }) => output).join('\n'),
    notRun: [],
  };
}

/** The expressions of the dashboards as rules (JSON is YAML), with the variables of Grafana filled in. */
function rulesOfDashboards() {
  const folder = path.join(MONITORING, 'grafana');
  const expressions = readdirSync(folder).flatMap((file) =>
    JSON.parse(readFileSync(path.join(folder, file), 'utf8')).panels.flatMap(({ targets }) =>
      targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '5m').replaceAll(/\$\w+/g, 'x')),
    ),
  );
  const rules = expressions.map((expr, index) => ({ record: `dashboard:expression:${String(index)}`, expr }));
  return { groups: [{ name: 'dashboards', rules }] };
}
