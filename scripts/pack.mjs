/** Packs the command `imcb`, the API client and the receiver kit for Node: `pnpm tarballs [folder] [--scope @example]`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot } from './shared/paths.mjs';
import { fail } from './shared/progress.mjs';
import { packTarballs } from './shared/tarballs.mjs';
import { ensureInstalled, runTool } from './shared/workspace.mjs';

try {
  const { values, positionals } = parseArgs({
    options: { scope: { type: 'string' } },
    allowPositionals: true,
  });
  const folder = path.resolve(positionals[0] ?? inRoot('dist'));
  await ensureInstalled();
  await runTool('tsc', ['-b', 'packages/cli', 'packages/client', 'kits/node']);
  const tarballs = await packTarballs(folder, values.scope);
  for (const tarball of tarballs) console.log(path.relative('', tarball));
} catch (error) {
  fail(error);
}
