/** Asks a worker to check examples, one at a time, and ends it when one takes too long. */
import type { CheckAnswer, CheckQuestion } from './check-example.js';

/** Far more than any check but that of a pattern that backtracks without end. */
const MAX_ANSWER_MS = 2_000;

const GAVE_UP: CheckAnswer = { schemaFaults: [], mismatches: [], tookTooLong: true };

/** What of a worker is needed here. */
export interface CheckingWorker {
  onmessage: ((event: MessageEvent<CheckAnswer>) => unknown) | null;
  onerror: ((event: ErrorEvent) => unknown) | null;
  postMessage: (question: CheckQuestion) => void;
  terminate: () => void;
}

export class ExampleChecker {
  private worker: CheckingWorker | undefined;
  private asking: Promise<CheckAnswer> | undefined;
  /** The question that is asked next; the answer to it, for each who asked since the one before was asked. */
  private next: CheckQuestion | undefined;
  private waiting: Promise<CheckAnswer> | undefined;
  private isEnded = false;

  constructor(private readonly start: () => CheckingWorker) {}

  /** Resolves to the answer to this question, or to a newer one that was asked while it waited. */
  check(question: CheckQuestion): Promise<CheckAnswer> {
    this.next = question;
    this.waiting ??= this.askNext();
    return this.waiting;
  }

  /** Ends the worker, and starts no other. */
  end(): void {
    this.isEnded = true;
    this.stop();
  }

  private async askNext(): Promise<CheckAnswer> {
    await this.asking;
    const question = this.next;
    this.next = undefined;
    this.waiting = undefined;
    if (this.isEnded || !question) return GAVE_UP;
    this.asking = this.ask(question);
    return this.asking;
  }

  private stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
  }

  /** Resolves in any case: what cannot be checked here is checked by the service. */
  private ask(question: CheckQuestion): Promise<CheckAnswer> {
    const worker = (this.worker ??= this.start());
    return new Promise((resolve) => {
      const giveUp = (): void => {
        clearTimeout(timer);
        this.stop();
        resolve(GAVE_UP);
      };
      const timer = setTimeout(giveUp, MAX_ANSWER_MS);
      worker.onerror = giveUp;
      worker.onmessage = ({ data }) => {
        clearTimeout(timer);
        resolve(data);
      };
      worker.postMessage(question);
    });
  }
}
