/** Passes commands and answers between this process and a child, over Node's own channel. */
import type { ChildProcess } from 'node:child_process';

/** A child's commands by name; `input` and `output` survive structured cloning. */
export type Commands<C> = { [K in keyof C]: { input: unknown; output: unknown } };

interface Call {
  callId: number;
  command: string;
  input: unknown;
}

interface Answer {
  callId: number;
  output?: unknown;
  error?: string;
}

/** The calling end. */
export class PeerChannel<C extends Commands<C>> {
  private readonly waiting = new Map<
    number,
    { resolve: (output: never) => void; reject: (error: Error) => void }
  >();
  private lastCallId = 0;

  constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {
    child.on('message', (answer: Answer) => {
      this.settle(answer);
    });
    child.once('exit', (code, signal) => {
      for (const { reject } of this.waiting.values()) {
        reject(new Error(`${name} ended in the middle of a call (${signal ?? `exit code ${String(code)}`})`));
      }
      this.waiting.clear();
    });
  }

  call<K extends keyof C & string>(command: K, input: C[K]['input']): Promise<C[K]['output']> {
    const callId = ++this.lastCallId;
    return new Promise<C[K]['output']>((resolve, reject) => {
      this.waiting.set(callId, { resolve, reject });
      const call: Call = { callId, command, input };
      this.child.send(call, (error) => {
        if (error && this.waiting.delete(callId)) reject(new Error(`${this.name} is gone: ${error.message}`));
      });
    });
  }

  private settle({ callId, output, error }: Answer): void {
    const call = this.waiting.get(callId);
    this.waiting.delete(callId);
    if (error === undefined) call?.resolve(output as never);
    else call?.reject(new Error(`${this.name}: ${error}`));
  }
}

type Handlers<C extends Commands<C>> = {
  [K in keyof C]: (input: C[K]['input']) => Promise<C[K]['output']> | C[K]['output'];
};

/** The answering end: serves until the parent closes the channel, or is gone. */
export function serveCommands<C extends Commands<C>>(handlers: Handlers<C>): void {
  const answer = async ({ callId, command, input }: Call): Promise<void> => {
    const reply = (message: Answer): void => void process.send?.(message);
    try {
      const handle = handlers[command as keyof C];
      reply({ callId, output: await handle(input) });
    } catch (error) {
      reply({ callId, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  process.on('message', (call: Call) => void answer(call));
  process.once('disconnect', () => process.exit(0));
}
