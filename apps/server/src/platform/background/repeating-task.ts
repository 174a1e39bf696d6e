/** Repeats background work: one run at a time, also after failures; stopping waits for the run under way. */
import type { Logger } from '../logging/logger.js';
import { boundedError } from '../logging/bounded-error.js';
import { waitAtMost } from './wait-at-most.js';

/** Stopping waits for a run at most this long. */
const MAX_STOP_MS = 2_000;

export interface EndedRun {
  hasFailed: boolean;
  durationMs: number;
}

export interface RepeatingTaskOptions {
  /** Log event of a failed run, such as `counts.fold_failed`; null: the cause is reported elsewhere. */
  failureEvent: string | null;
  /** What a failed run is logged as; absent: an error. */
  failureLevel?: 'warn' | 'error';
  /** Whether of failures in a row only the first is logged: for a task that runs several times a second. */
  logsFirstFailureOnly?: boolean;
  /** From the end of a run to the next, milliseconds. */
  delayMs: number | ((ended: EndedRun) => number);
  /** Until the first run, milliseconds; absent: `delayMs` where that is a number, else none. */
  firstDelayMs?: number;
  /** @param signal aborted when the task is stopped: a long run ends after the step under way */
  run: (signal: AbortSignal) => Promise<unknown>;
}

export class RepeatingTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();
  private stopped: Promise<void> | undefined;
  private hasFailed = false;

  constructor(
    private readonly logger: Logger,
    private readonly options: RepeatingTaskOptions,
  ) {}

  /** To be called once. */
  start(): void {
    const { delayMs, firstDelayMs } = this.options;
    this.schedule(firstDelayMs ?? (typeof delayMs === 'number' ? delayMs : 0));
  }

  /** Begins no further run. @returns when the run under way has ended, or after two seconds */
  stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    return (this.stopped ??= waitAtMost(MAX_STOP_MS, this.running));
  }

  private schedule(delayMs: number): void {
    if (this.stopping.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.running = this.runOnce();
    }, delayMs);
  }

  private async runOnce(): Promise<void> {
    const { run, delayMs } = this.options;
    const beganAt = performance.now();
    let hasFailed = false;
    try {
      await run(this.stopping.signal);
    } catch (error) {
      hasFailed = true;
      this.report(error);
    }
    this.hasFailed = hasFailed;
    const durationMs = performance.now() - beganAt;
    this.schedule(typeof delayMs === 'number' ? delayMs : delayMs({ hasFailed, durationMs }));
  }

  private report(error: unknown): void {
    const { failureEvent, failureLevel = 'error', logsFirstFailureOnly = false } = this.options;
    if (failureEvent === null || (logsFirstFailureOnly && this.hasFailed)) return;
    const bounded = boundedError(error);
    if (failureLevel === 'warn') this.logger.warn(failureEvent, { message: String(bounded) });
    else this.logger.error(failureEvent, bounded);
  }
}
