/**
 * Loads the server with the source maps of its own modules, so that stack traces name lines of TypeScript. The maps of
 * all dependencies, which `--enable-source-maps` loads as well, keep about 15 MiB of memory in each process.
 */
import { setSourceMapsSupport } from 'node:module';
import type { ProcessRole } from './config/env.js';

export async function startWithSourceMaps(role: ProcessRole): Promise<void> {
  setSourceMapsSupport(true);
  // A module is read with its map only when it is loaded after that.
  const { startProcess } = await import('./start-process.js');
  await startProcess(role);
}
