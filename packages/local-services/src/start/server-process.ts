/** Keeps the server running: starts it, reports when it is ready, starts it again when it dies. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../process/wait-until.js';
import { messageOf, PlainError, type Report } from '../report.js';
import { SERVER_NODE_ARGUMENTS } from '../server-node-arguments.js';
import { rememberServer } from './orphaned-server.js';
import type { ServerLog } from './server-log.js';

const PROBE_TIMEOUT_MS = 1_000;
const PROBE_EVERY_MS = 50;
const PATIENCE_MS = 30_000;
const FIRST_BACKOFF_MS = 200;
const MAX_BACKOFF_MS = 10_000;
const STARTS_BEFORE_GIVING_UP = 5;
/** `EX_CONFIG` of sysexits.h: the settings are wrong, and another start would fail too. */
const EXIT_CODE_BAD_SETTINGS = 78;

export interface ServerRecipe {
  script: string;
  /** Names the process, for a start after this one was killed. */
  pidFile: string;
  env: NodeJS.ProcessEnv;
  /** How long it may take to stop in order. */
  stopsWithinMs: number;
  readyUrl: string;
  log: ServerLog;
  report: Report;
}

export class ServerProcess {
  private readonly stopping = new AbortController();
  private readonly firstReady = Promise.withResolvers<undefined>();
  private child: ChildProcess | null = null;

  /** Resolves when it was stopped; rejects when it keeps dying before it was ever ready, or refuses its settings. */
  readonly ended: Promise<void>;

  constructor(private readonly recipe: ServerRecipe) {
    this.ended = this.supervise();
    this.ended.catch(this.firstReady.reject);
  }

  /** Resolves when the server answers for the first time. */
  get ready(): Promise<undefined> {
    return this.firstReady.promise;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    const child = this.child;
    if (child && isRunning(child)) {
      child.kill('SIGTERM');
      if (!(await waitUntil(() => !isRunning(child), this.recipe.stopsWithinMs))) child.kill('SIGKILL');
    }
    await this.ended.catch(() => undefined);
  }

  private async supervise(): Promise<void> {
    let failedStarts = 0;
    let wasReady = false;
    while (!this.isStopping()) {
      const child = this.spawnServer();
      this.child = child;
      const exited = once(child, 'exit');
      await this.remember(child);
      if (await this.becomesReady(child)) {
        failedStarts = 0;
        wasReady = true;
        this.firstReady.resolve(undefined);
      } else {
        failedStarts += 1;
      }
      await exited;
      if (this.isStopping()) return;
      // A server that has worked may work again, for example after disk space was freed.
      const isHopeless = !wasReady && failedStarts >= STARTS_BEFORE_GIVING_UP;
      if (isHopeless || child.exitCode === EXIT_CODE_BAD_SETTINGS) {
        throw this.explainGivingUp(child);
      }
      this.recipe.report(`the server ended unexpectedly (${howItEnded(child)}); starting it again`);
      await this.pause(failedStarts);
    }
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private spawnServer(): ChildProcess {
    this.recipe.log.takeLastComplaints();
    const child = spawn(process.execPath, [...SERVER_NODE_ARGUMENTS, this.recipe.script], {
      env: this.recipe.env,
      // The channel shows the server when we are gone; its own group, so that Ctrl-C reaches it through us.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    for (const output of [child.stdout, child.stderr]) if (output) this.recipe.log.follow(output);
    return child;
  }

  private async remember({ pid }: ChildProcess): Promise<void> {
    if (pid === undefined) return;
    await rememberServer(this.recipe.pidFile, pid).catch((error: unknown) => {
      this.recipe.report(`${this.recipe.pidFile} cannot be written: ${messageOf(error)}`);
    });
  }

  private async becomesReady(child: ChildProcess): Promise<boolean> {
    const startedAt = Date.now();
    let isPatient = true;
    while (isRunning(child) && !this.isStopping()) {
      const answer = await probe(this.recipe.readyUrl);
      if (answer === 'ready') return isRunning(child);
      if (isPatient && Date.now() - startedAt > PATIENCE_MS) {
        this.recipe.report(`the server is not ready yet: ${answer}`);
        isPatient = false;
      }
      await delay(PROBE_EVERY_MS);
    }
    return false;
  }

  private async pause(failedStarts: number): Promise<void> {
    if (failedStarts === 0) return;
    const backoffMs = Math.min(FIRST_BACKOFF_MS * 2 ** failedStarts, MAX_BACKOFF_MS);
    await delay(backoffMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private explainGivingUp(child: ChildProcess): PlainError {
    const complaints = this.recipe.log.takeLastComplaints();
    const why = child.exitCode === EXIT_CODE_BAD_SETTINGS ? 'refuses its settings' : `does not start`;
    return new PlainError(
      [`the server ${why} (${howItEnded(child)}); its log is ${this.recipe.log.file}`, ...complaints].join(
        '\n',
      ),
    );
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function howItEnded(child: ChildProcess): string {
  return child.signalCode ?? `exit code ${child.exitCode ?? 'unknown'}`;
}

async function probe(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    if (response.ok) return 'ready';
    return `${url} answers ${response.status}: ${await response.text()}`;
  } catch (error) {
    return `${url}: ${messageOf(error)}`;
  }
}
