/** Says how the kits of each language are built and tested, and what runs their receivers. Those of Node are unit tests. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { installWithApt } from './apt.mjs';
import { fingerprintOf, readStamp, writeStamp } from './fingerprint.mjs';
import { isDebian, isRoot } from './machine.mjs';
import { inRoot } from './paths.mjs';
import { capture, run } from './run.mjs';

const BUILT = inRoot('.cache', 'kits');
const inKit = (...parts) => inRoot('kits', ...parts);
const ENVIRONMENT = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', GOTOOLCHAIN: 'local', LC_ALL: 'C.UTF-8' };

/** `needs` are commands that have to work; without their program the language is not run. */
export const KIT_LANGUAGES = [
  {
    name: 'Python',
    needs: [['python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))']],
    test: testPython,
    receivers: () =>
      ['flask', 'fastapi'].map((framework) => ({
        name: framework === 'flask' ? 'Flask' : 'FastAPI',
        command: path.join(BUILT, 'python', 'bin', 'python'),
        args: ['tests/conformance.py', framework],
        cwd: inKit('python'),
      })),
  },
  {
    name: 'Go',
    needs: [['go', 'version']],
    test: testGo,
    receivers: () => [
      { name: 'net/http', command: path.join(BUILT, 'conformance-go'), args: [], cwd: inKit('go') },
    ],
  },
  {
    name: 'Java',
    needs: [
      ['javac', '--version'],
      ['mvn', '--version'],
    ],
    test: testJava,
    receivers: () => [
      {
        name: 'Spring',
        command: 'java',
        args: ['-XX:TieredStopAtLevel=1', '-cp', classpath(), 'imcallback.conformance.Conformance'],
        cwd: inKit('java'),
      },
    ],
  },
  {
    name: 'PHP',
    needs: [['php', '-r', 'exit(PHP_VERSION_ID < 80100 ? 1 : 0);']],
    install: () => isRoot() && isDebian() && installWithApt(['php-cli']),
    test: testPhp,
    receivers: () => [
      {
        name: 'PHP',
        command: 'php',
        args: ['-q', '-S', '127.0.0.1:{port}', 'tests/conformance.php'],
        cwd: inKit('php'),
      },
    ],
  },
];

/** Runs something in a kit. */
const inLanguage = (directory, command, args) =>
  capture(command, args, { cwd: inKit(directory), env: ENVIRONMENT });

/** In its own environment, where the kit is installed the way users install it. */
async function testPython() {
  const home = path.join(BUILT, 'python');
  const python = path.join(home, 'bin', 'python');
  const sources = () => fingerprintOf([inKit('python', 'pyproject.toml'), inKit('python', 'src')]);
  if (readStamp('kits-python') !== sources() || !existsSync(python)) {
    mkdirSync(BUILT, { recursive: true });
    rmSync(home, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', home], { env: ENVIRONMENT });
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '.[test]'];
    await run(python, install, { cwd: inKit('python'), env: ENVIRONMENT });
    // Computed after the installation: pip writes metadata beside the sources.
    writeStamp('kits-python', sources());
  }
  const { code, output } = await inLanguage('python', python, ['-m', 'pytest', '-q', '-rfE', '--tb=short']);
  const failures = [...output.matchAll(/^(?:FAILED|ERROR) (.*)$/gm)].map(([, name]) => name);
  return { code, output, passed: countOf(output, /(\d+) passed/), failures };
}

async function testGo() {
  const build = ['build', '-o', path.join(BUILT, 'conformance-go'), './internal/conformance'];
  mkdirSync(BUILT, { recursive: true });
  await run('go', build, { cwd: inKit('go'), env: ENVIRONMENT });
  const vet = await inLanguage('go', 'go', ['vet', './...']);
  const { code, output } = await inLanguage('go', 'go', ['test', '-count=1', '-json', './...']);
  const ended = (action) =>
    output
      .split('\n')
      .filter((line) => line.includes(`"Action":"${action}"`) && line.includes('"Test":'))
      .map((line) => JSON.parse(line).Test);
  return {
    code: vet.code || code,
    output: vet.output + output,
    passed: ended('pass').length,
    failures: ended('fail'),
  };
}

/** Reports are read, so that the class path is written although a test failed. */
async function testJava() {
  const reports = inKit('java', 'target', 'surefire-reports');
  rmSync(reports, { recursive: true, force: true });
  const { code, output } = await inLanguage('java', 'mvn', [
    ...['-q', '-B', '-Dstyle.color=never', '-Dmaven.test.failure.ignore=true', 'test'],
    'org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath',
    `-Dmdep.outputFile=${path.join(BUILT, 'classpath')}`,
  ]);
  const texts = existsSync(reports)
    ? readdirSync(reports)
        .filter((name) => name.endsWith('.xml'))
        .map((name) => readFileSync(path.join(reports, name), 'utf8'))
    : [];
  const cases = texts.flatMap((text) => text.split('<testcase ').slice(1));
  const hasFailed = (text) => /<(?:failure|error)[ >]/.test(text);
  return {
    code,
    output,
    passed: cases.filter((text) => !hasFailed(text)).length,
    failures: cases.filter(hasFailed).map((text) => /name="([^"]*)"/.exec(text)?.[1] ?? 'a test'),
  };
}

async function testPhp() {
  const { code, output } = await inLanguage('php', 'php', ['tests/run.php']);
  const failures = [...output.matchAll(/^✗ (.*)$/gm)].map(([, name]) => name);
  return { code, output, passed: countOf(output, /^(\d+) passed/m), failures };
}

function classpath() {
  const built = ['classes', 'test-classes'].map((name) => inKit('java', 'target', name));
  return [...built, readFileSync(path.join(BUILT, 'classpath'), 'utf8').trim()].join(path.delimiter);
}

function countOf(output, pattern) {
  return Number(pattern.exec(output)?.[1] ?? 0);
}
