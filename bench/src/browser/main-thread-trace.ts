/** Finds the longest tasks of a browser's main threads by Chromium's own tracing. */
import type { CDPSession } from 'playwright-core';

/** Of a tracing event, what is read here; https://chromium.googlesource.com/catapult describes the format. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds on the clock of the wall, and on the clock of the thread. */
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

export interface LongestTask {
  /** What the thread itself worked: a busy machine does not add to it. */
  threadMs: number;
  /** Of the same task. */
  wallMs: number;
}

/** Every task of a thread is one event of this category. */
const CATEGORIES = ['disabled-by-default-devtools.timeline'];

export class MainThreadTrace {
  private tasks = new Map<string, LongestTask>();
  private readonly mainThreads = new Set<string>();

  /** @param browser the session of the browser, not of a page */
  constructor(private readonly browser: CDPSession) {
    browser.on('Tracing.dataCollected', ({ value }) => {
      for (const event of value as unknown as TraceEvent[]) this.note(event);
    });
  }

  async start(): Promise<void> {
    await this.browser.send('Tracing.start', { traceConfig: { includedCategories: CATEGORIES } });
  }

  async stop(): Promise<void> {
    const isComplete = new Promise<void>((resolve) => {
      this.browser.once('Tracing.tracingComplete', () => resolve());
    });
    await this.browser.send('Tracing.end');
    await isComplete;
  }

  /** Of all that was traced so far. */
  longestTask(): LongestTask {
    const longest = { threadMs: 0, wallMs: 0 };
    for (const [thread, task] of this.tasks) {
      if (this.mainThreads.has(thread) && task.threadMs > longest.threadMs) Object.assign(longest, task);
    }
    return longest;
  }

  private note({ name, pid, tid, dur = 0, tdur = 0, args }: TraceEvent): void {
    const thread = `${pid} ${tid}`;
    if (name === 'thread_name' && args.name === 'CrRendererMain') this.mainThreads.add(thread);
    if (name !== 'RunTask') return;
    const task = { threadMs: tdur / 1_000, wallMs: dur / 1_000 };
    if (task.threadMs > (this.tasks.get(thread)?.threadMs ?? 0)) this.tasks.set(thread, task);
  }
}
