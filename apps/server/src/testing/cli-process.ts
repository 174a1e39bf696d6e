/** Runs the built command `imcb` as a process of its own. Needs `pnpm build:code`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from './app-under-test.js';

const MAIN = path.resolve(import.meta.dirname, '../../../../packages/cli/dist/main.js');

export interface CliResult {
  code: number | null;
  lines: string[];
  errors: string[];
}

export class CliProcess {
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(args: readonly string[], env: Record<string, string>, input = '') {
    this.child = spawn(process.execPath, [MAIN, ...args], {
      env: { LANG: 'en_US.UTF-8', HOME: '/nonexistent', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.ended = once(this.child, 'close');
    const { stdin, stdout, stderr } = this.child;
    if (stdout) createInterface(stdout).on('line', (line) => this.lines.push(line));
    if (stderr) createInterface(stderr).on('line', (line) => this.errors.push(line));
    stdin?.end(input);
  }

  /** The values printed with `--json`. */
  get values(): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  nextLine(pattern: RegExp): Promise<string> {
    return eventually(() => [...this.lines, ...this.errors].find((line) => pattern.test(line)));
  }

  /** As when the machine sleeps, or its network is cut. */
  suspend(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** @returns the exit code */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return (await this.result()).code;
  }

  async result(): Promise<CliResult> {
    await this.ended;
    return { code: this.child.exitCode, lines: this.lines, errors: this.errors };
  }
}

/** Runs it to its end. */
export function runCli(args: readonly string[], env: Record<string, string>, input = ''): Promise<CliResult> {
  return new CliProcess(args, env, input).result();
}
