/**
 * Fetches the generators of clients from the OpenAPI document, once. A tool whose runtime or registry is missing is left
 * out, and the test of generated clients names it.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const TOOLS = path.resolve(import.meta.dirname, '../../node_modules/.cache/client-tools');
/** Of one tool; `npm test` goes on without it. */
const TIMEOUT_MS = 90_000;

const JACKSON = '2.17.1';
const JARS = [
  `com.fasterxml.jackson.core:jackson-core:${JACKSON}`,
  `com.fasterxml.jackson.core:jackson-annotations:${JACKSON}`,
  `com.fasterxml.jackson.core:jackson-databind:${JACKSON}`,
  `com.fasterxml.jackson.datatype:jackson-datatype-jsr310:${JACKSON}`,
  'org.openapitools:jackson-databind-nullable:0.2.6',
  'com.google.code.findbugs:jsr305:3.0.2',
  'jakarta.annotation:jakarta.annotation-api:2.1.1',
];

const FETCH = { typescript: fetchTypeScript, python: fetchPython, go: fetchGo, java: fetchJava };

/** @returns {Promise<string>} which tools are there */
export async function ensureClientTools() {
  await mkdir(TOOLS, { recursive: true });
  const all = await Promise.all(
    Object.entries(FETCH).map(async ([name, fetch]) => ((await ensure(name, fetch)) ? [name] : [])),
  );
  return all.flat().join(', ') || 'none';
}

async function ensure(name, fetch) {
  const target = path.join(TOOLS, name);
  const isThere = () =>
    access(target).then(
      () => true,
      () => false,
    );
  if (await isThere()) return true;
  const unfinished = `${target}.${String(process.pid)}`;
  try {
    await mkdir(unfinished, { recursive: true });
    await fetch(unfinished);
    await rename(unfinished, target);
  } catch {
    await rm(unfinished, { recursive: true, force: true });
  }
  return isThere();
}

function run(command, args, cwd, variables = {}) {
  const env = { ...process.env, ...variables };
  return promisify(execFile)(command, args, { cwd, env, timeout: TIMEOUT_MS });
}

async function fetchTypeScript(directory) {
  await writeFile(path.join(directory, 'package.json'), '{"private":true,"type":"module"}');
  const packages = ['openapi-typescript@7.13.0', 'openapi-fetch@0.17.0'];
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], directory);
}

async function fetchPython(directory) {
  await run('python3', ['-m', 'venv', '.'], directory);
  await run('bin/python', ['-m', 'pip', 'install', '--quiet', 'openapi-python-client==0.29.1'], directory);
}

async function fetchGo(directory) {
  const generator = 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2';
  await run('go', ['install', generator], directory, { GOBIN: directory });
  await run('go', ['mod', 'init', 'generated-client'], directory);
  await run('go', ['get', 'github.com/oapi-codegen/runtime@v1.9.0'], directory);
}

async function fetchJava(directory) {
  await run('javac', ['-version'], directory);
  const generator = 'org.openapitools:openapi-generator-cli:7.14.0';
  await copyArtifact(generator, directory, ['-Dmdep.stripVersion=true']);
  await rename(
    path.join(directory, 'openapi-generator-cli.jar'),
    path.join(directory, 'openapi-generator.jar'),
  );
  for (const jar of JARS) await copyArtifact(jar, path.join(directory, 'jars'));
}

async function copyArtifact(artifact, directory, options = []) {
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
  await mkdir(directory, { recursive: true });
  await run(
    'mvn',
    ['-q', goal, `-Dartifact=${artifact}`, `-DoutputDirectory=${directory}`, ...options],
    directory,
  );
}
