/** Generates clients from the OpenAPI document with tools that `scripts/shared/client-tools.mjs` has fetched. */
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const TOOLS = process.env.CLIENT_TOOLS ?? path.join(ROOT, 'node_modules/.cache/client-tools');
const FLOWS = path.join(import.meta.dirname, '../../test/generated-clients');

const ofTools = (...parts: string[]) => path.join(TOOLS, ...parts);

interface Program {
  command: string;
  args: string[];
  cwd?: string;
}

/** @returns what it prints @throws Error with what it printed, when it fails */
export async function run(
  { command, args, cwd }: Program,
  variables: Record<string, string> = {},
): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', ...variables };
  const options = { env, maxBuffer: 16 * 1_048_576, ...(cwd !== undefined && { cwd }) };
  const { stdout } = await promisify(execFile)(command, args, options);
  return stdout;
}

export interface GeneratedClient {
  language: string;
  /** The directory of TOOLS that is there when it can be generated. */
  tools: string;
  /** Generates and compiles. @returns the program that runs the flow */
  build: (directory: string) => Promise<Program>;
}

export const GENERATED_CLIENTS: readonly GeneratedClient[] = [
  { language: 'TypeScript', tools: 'typescript', build: buildTypeScript },
  { language: 'Python', tools: 'python', build: buildPython },
  { language: 'Go', tools: 'go', build: buildGo },
  { language: 'Java', tools: 'java', build: buildJava },
];

/** The names of the tools that are there. */
export function foundTools(): Promise<string[]> {
  return readdir(TOOLS).catch(() => []);
}

async function buildTypeScript(directory: string) {
  const modules = ofTools('typescript', 'node_modules');
  await cp(modules, path.join(directory, 'node_modules'), { recursive: true });
  await cp(ofTools('typescript', 'package.json'), path.join(directory, 'package.json'));
  await cp(path.join(FLOWS, 'flow.ts.txt'), path.join(directory, 'flow.ts'));
  const generator = path.join(modules, 'openapi-typescript/bin/cli.js');
  const options = ['openapi.json', '-o', 'api.d.ts', '--default-non-nullable=false'];
  await run({ command: process.execPath, args: [generator, ...options], cwd: directory });
  const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const types = ['--types', 'node', '--typeRoots', path.join(ROOT, 'node_modules/@types')];
  const strict = ['--strict', '--module', 'nodenext', '--target', 'es2023', ...types, 'flow.ts'];
  await run({ command: process.execPath, args: [compiler, ...strict], cwd: directory });
  return { command: process.execPath, args: [path.join(directory, 'flow.js')] };
}

async function buildPython(directory: string) {
  const args = [
    '-m',
    'openapi_python_client',
    'generate',
    '--path',
    'openapi.json',
    '--output-path',
    'imcb',
    '--meta',
    'none',
  ];
  const python = ofTools('python', 'bin/python');
  await run({ command: python, args, cwd: directory });
  await run({ command: python, args: ['-m', 'compileall', '-q', 'imcb'], cwd: directory });
  await cp(path.join(FLOWS, 'flow.py'), path.join(directory, 'flow.py'));
  return { command: python, args: [path.join(directory, 'flow.py')] };
}

async function buildGo(directory: string) {
  const options = ['-generate', 'types,client', '-package', 'main', '-o', 'client.go', 'openapi.json'];
  await run({ command: ofTools('go', 'oapi-codegen'), args: options, cwd: directory });
  for (const file of ['go.mod', 'go.sum']) await cp(ofTools('go', file), path.join(directory, file));
  await cp(path.join(FLOWS, 'flow.go'), path.join(directory, 'flow.go'));
  await run({ command: 'go', args: ['build', '-o', 'flow', '.'], cwd: directory });
  return { command: path.join(directory, 'flow'), args: [] };
}

async function buildJava(directory: string) {
  const generator = ['-jar', ofTools('java', 'openapi-generator.jar'), 'generate', '-i', 'openapi.json'];
  const options = [
    '-g',
    'java',
    '--library',
    'native',
    '-o',
    'client',
    '--additional-properties=useJakartaEe=true',
  ];
  await run({ command: 'java', args: [...generator, ...options], cwd: directory });
  const sources = path.join(directory, 'client/src/main/java');
  const files = (await readdir(sources, { recursive: true })).filter((file) => file.endsWith('.java'));
  const classes = path.join(directory, 'classes');
  await mkdir(classes);
  const classpath = `${ofTools('java', 'jars')}/*`;
  const flow = path.join(FLOWS, 'Flow.java');
  const all = [...files.map((file) => path.join(sources, file)), flow];
  await run({ command: 'javac', args: ['-proc:none', '-nowarn', '-d', classes, '-cp', classpath, ...all] });
  return { command: 'java', args: ['-cp', `${classes}:${classpath}`, 'Flow'] };
}
