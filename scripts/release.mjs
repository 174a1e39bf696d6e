/** Gives all packages, the service and the changelog a new version: `pnpm release 1.0.0`. Commit and tag it yourself. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './shared/paths.mjs';
import { pythonVersionOf, releaseChangelog, VERSION } from './shared/release-notes.mjs';

const SERVICE_VERSION_FILE = 'packages/contracts/src/service-version.ts';
const JAVA_FILE = 'kits/java/pom.xml';
const PYTHON_FILE = 'kits/python/pyproject.toml';
const CHART_FILE = 'deploy/helm/im-callback-console/Chart.yaml';

const [version = ''] = process.argv.slice(2);
if (!VERSION.test(version)) {
  console.error('Name the version, such as: pnpm release 1.0.0');
  process.exit(1);
}
const today = new Date().toISOString().slice(0, 10);
change('CHANGELOG.md', (text) => releaseChangelog(text, version, today));
change(SERVICE_VERSION_FILE, (text) => text.replace(/(SERVICE_VERSION = ')[^']+/, `$1${version}`));
change(CHART_FILE, (text) => text.replace(/^((?:appV|v)ersion: ).*$/gm, `$1${version}`));
// The first version of a pom is its own, the others are of what it needs.
change(JAVA_FILE, (text) => text.replace(/(<version>)[^<]+/, `$1${version}`));
change(PYTHON_FILE, (text) => text.replace(/^(version = ")[^"]+/m, `$1${pythonVersionOf(version)}`));
for (const manifest of ourManifests())
  change(manifest, (text) => text.replace(/^( {2}"version": ")[^"]+/m, `$1${version}`));
console.log(`Everything is ${version} now: commit it, then tag it v${version}`);

function change(file, edit) {
  const text = readFileSync(inRoot(file), 'utf8');
  const edited = edit(text);
  if (edited === text) throw new Error(`${file} has no version to change`);
  writeFileSync(inRoot(file), edited);
}

function ourManifests() {
  const listed = execFileSync('git', ['ls-files', 'package.json', '*/package.json'], { cwd: inRoot() });
  return listed.toString().trim().split('\n');
}
