/** Runs a program that was written from the document of another webhook API alone, as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAMS = path.join(import.meta.dirname, 'as-documented');

export interface DocumentedReceiver {
  url: string;
  /** Lines that it has printed. */
  lines: string[];
  stop: () => Promise<void>;
}

/** @param program `receiver.mjs` or `receiver.py` */
export async function startDocumentedReceiver(program: string, secret: string): Promise<DocumentedReceiver> {
  const child = run(program, [], { WEBHOOK_SECRET: secret });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  for (const line of [child.stdout, child.stderr]) {
    if (!line) continue;
    createInterface(line).on('line', (text) => {
      const port = /^listening (\d+)$/.exec(text)?.[1];
      if (port === undefined) lines.push(text);
      else resolve(port);
    });
  }
  child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${lines.join('\n')}`)));
  return {
    url: `http://127.0.0.1:${await promise}/webhooks/trae`,
    lines,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}

/** @returns the answers of the client's steps by name, in order */
export async function runDocumentedClient(
  step: string,
  env: Record<string, string>,
): Promise<Map<string, unknown[]>> {
  const child = run('client.mjs', [step], env);
  const output = { text: '', errors: '' };
  child.stdout?.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output.errors += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`client.mjs ${step} ended with ${code}: ${output.errors}`);
  const steps = output.text.trim().split('\n');
  const answers = new Map<string, unknown[]>();
  for (const line of steps) {
    const { step: name, answer } = JSON.parse(line) as { step: string; answer: unknown };
    answers.set(name, [...(answers.get(name) ?? []), answer]);
  }
  return answers;
}

function run(program: string, args: string[], env: Record<string, string>): ChildProcess {
  const command = program.endsWith('.py') ? 'python3' : process.execPath;
  const { PATH = '' } = process.env;
  return spawn(command, [path.join(PROGRAMS, program), ...args], {
    env: { PATH, PYTHONWARNINGS: 'ignore', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
