/** Packs the packages for other projects as npm tarballs: the command `imcb`, the API client, the receiver kit for Node. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';

/** Of a manifest: only the workspace needs them. */
const INTERNAL = new Set(['scripts', 'dependencies', 'devDependencies']);
const READMES = ['README.md', 'README.zh-CN.md'];

/** None of them depends on a package of the workspace. `fill` writes `dist/` and returns the dependencies that are left. */
const PACKAGES = [
  { directory: 'packages/cli', fill: fillCli },
  { directory: 'packages/client', fill: fillClient },
  { directory: 'kits/node', fill: fillKit },
];

/**
 * Needs their `tsc -b`.
 * @param {string} folder gets the tarballs
 * @param {string} [scope] such as `@example`: they get its names, and may be published
 * @returns {Promise<string[]>} their paths
 */
export async function packTarballs(folder, scope) {
  mkdirSync(folder, { recursive: true });
  const tarballs = [];
  for (const each of PACKAGES) tarballs.push(await pack(each, folder, scope));
  return tarballs;
}

/** The dependency that users of the client get from the registry. @returns the path of the tarball */
export async function packZod(folder) {
  // A copy: npm does not pack from within the folders of pnpm.
  const copy = path.join(folder, 'zod');
  cpSync(zodFolder(), copy, { recursive: true });
  return packFolder(copy, folder);
}

/** @returns the path of the tarball */
async function packFolder(source, folder) {
  const args = ['pack', source, '--pack-destination', folder, '--json', '--ignore-scripts'];
  const output = await run('npm', [...args, '--loglevel', 'error'], { cwd: folder });
  return path.join(folder, filenameIn(JSON.parse(output)));
}

/** npm 12 answers an object by name, the older ones a list. */
function filenameIn(answer) {
  const [{ filename }] = Object.values(answer);
  return filename;
}

async function pack({ directory, fill }, folder, scope) {
  const stage = mkdtempSync(path.join(tmpdir(), 'imcb-pack-'));
  try {
    const dependencies = await fill(path.join(stage, 'dist'));
    const manifest = publishedManifest(readJson(inRoot(directory, 'package.json')), scope);
    writeFileSync(
      path.join(stage, 'package.json'),
      `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`,
    );
    for (const name of READMES) cpSync(inRoot(directory, name), path.join(stage, name));
    cpSync(inRoot('LICENSE'), path.join(stage, 'LICENSE'));
    return await packFolder(stage, folder);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

export function publishedManifest(manifest, scope) {
  const kept = Object.fromEntries(Object.entries(manifest).filter(([field]) => !INTERNAL.has(field)));
  if (scope === undefined) return kept;
  return { ...kept, name: `${scope}/${path.posix.basename(manifest.name)}`, private: false };
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** One file with all that it needs, so that it installs without a registry. */
async function fillCli(dist) {
  // Only here: `npm test` reads this file before it has installed anything.
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({ input: inRoot('packages/cli/dist/main.js'), platform: 'node' });
  const { output } = await bundle.write({ file: path.join(dist, 'main.js'), format: 'esm' });
  await bundle.close();
  const files = output.flatMap(({ modules = {} }) => Object.keys(modules));
  writeFileSync(path.join(dist, 'THIRD-PARTY-LICENSES.txt'), licencesOf(files));
  return {};
}

function licencesOf(files) {
  const roots = files.flatMap(
    (file) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file) ?? [],
  );
  const texts = [...new Set(roots)].map((root) => {
    const { name, version, license } = readJson(path.join(root, 'package.json'));
    const file = readdirSync(root).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file`);
    return `${name} ${version} (${license})\n\n${readFileSync(path.join(root, file), 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** With the types of the contracts that it uses in `dist/contracts`; these are made of types of zod. */
function fillClient(dist) {
  const contracts = inRoot('packages/contracts/dist');
  const waiting = new Set();
  const edit = (text) =>
    text.replaceAll(/(['"])@im\/contracts\/([^'"]+)\1/g, (_, quote, name) => {
      waiting.add(`${name}.d.ts`);
      return `${quote}./contracts/${name}.js${quote}`;
    });
  copyCode(inRoot('packages/client/dist'), dist, edit);
  // Iterating over a set includes what is added meanwhile.
  for (const file of waiting) {
    const text = withoutMap(readFileSync(path.join(contracts, file), 'utf8'));
    for (const [, name] of text.matchAll(/['"](\.{1,2}\/[^'"]+)\.js['"]/g))
      waiting.add(path.posix.join(path.posix.dirname(file), `${name}.d.ts`));
    mkdirSync(path.dirname(path.join(dist, 'contracts', file)), { recursive: true });
    writeFileSync(path.join(dist, 'contracts', file), text);
  }
  return { zod: `^${readJson(path.join(zodFolder(), 'package.json')).version}` };
}

function zodFolder() {
  return realpathSync(inRoot('packages/contracts/node_modules/zod'));
}

function fillKit(dist) {
  copyCode(inRoot('kits/node/dist'), dist, (text) => text);
  return {};
}

/** Flat, and without source maps, whose sources are not there. */
function copyCode(from, to, edit) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((file) => /\.(?:js|d\.ts)$/.test(file)))
    writeFileSync(path.join(to, name), edit(withoutMap(readFileSync(path.join(from, name), 'utf8'))));
}

function withoutMap(text) {
  return text.replace(/^\/\/# sourceMappingURL=.*\n?/m, '');
}
