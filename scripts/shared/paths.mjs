/** Names the project's paths. Node 24 comes from the registry as a devDependency, so any Node from 20 on can start. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export const inRoot = (...parts) => path.join(ROOT, ...parts);

const NODE_BIN_DIRECTORY = inRoot('node_modules', 'node', 'bin');
export const PROJECT_NODE = path.join(NODE_BIN_DIRECTORY, process.platform === 'win32' ? 'node.exe' : 'node');

export const hasProjectNode = () => existsSync(PROJECT_NODE);

/** Programs started with it find the project's Node and tools first. */
export function projectEnvironment(extra = {}) {
  const searchPath = [NODE_BIN_DIRECTORY, inRoot('node_modules', '.bin'), process.env.PATH ?? ''];
  return { ...process.env, PATH: searchPath.join(path.delimiter), ...extra };
}
