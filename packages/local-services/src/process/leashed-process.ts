/**
 * Starts a program that cannot outlive us. A shell in between reads a pipe of which only we have the writing end: when
 * we stop it, exit or are killed, the pipe closes and the shell ends the program.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { once } from 'node:events';

/**
 * $1 = the first signal, $2 = the one after 1.2 s; KILL comes half a second later. While it reads, the watcher can be
 * ended at once; once it acts, it comes to its end by itself, also when the program stays behind as a zombie.
 */
const LEASH = `
polite=$1 firm=$2; shift 2
exec 3<&0
"$@" </dev/null 3<&- &
service=$!
(
  while read -r _; do :; done <&3
  trap '' TERM
  exec 3<&-
  kill -s "$polite" "$service"
  waited=0
  while [ "$waited" -lt 32 ] && kill -0 "$service"; do
    sleep 0.05
    waited=$((waited + 1))
    [ "$waited" -eq 22 ] && kill -s "$firm" "$service"
    [ "$waited" -eq 30 ] && kill -s KILL "$service"
  done
) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$service"
code=$?
kill "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$code"
`;

export interface LeashedCommand {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Gets both output streams, appended. */
  logFile: string;
  politeSignal: 'INT' | 'TERM';
  firmSignal: 'QUIT' | 'KILL';
}

export class LeashedProcess {
  private constructor(
    private readonly shell: ChildProcess,
    /** Resolves when the program has ended, for any reason. */
    readonly ended: Promise<void>,
  ) {}

  static async start(leashed: LeashedCommand): Promise<LeashedProcess> {
    const log = await open(leashed.logFile, 'a', 0o600);
    try {
      const shell = spawn(
        '/bin/sh',
        ['-c', LEASH, 'leash', leashed.politeSignal, leashed.firmSignal, leashed.command, ...leashed.args],
        {
          cwd: leashed.cwd,
          env: leashed.env,
          stdio: ['pipe', log.fd, log.fd],
          // Its own session: Ctrl-C in the terminal is for us, and we stop the services in order.
          detached: true,
        },
      );
      // Writing never happens; the pipe breaks when the shell ends first.
      shell.stdin?.on('error', () => undefined);
      const ended = new Promise<void>((resolve) => {
        shell.once('exit', () => {
          resolve();
        });
      });
      await once(shell, 'spawn');
      return new LeashedProcess(shell, ended);
    } finally {
      await log.close();
    }
  }

  get isRunning(): boolean {
    return this.shell.exitCode === null && this.shell.signalCode === null;
  }

  /** Ends the program and waits for it. */
  async stop(): Promise<void> {
    this.shell.stdin?.destroy();
    await this.ended;
  }
}
