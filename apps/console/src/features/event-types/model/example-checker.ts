/** Asks a worker to check examples, one after the other, and ends it when one takes too long. */
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
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly start: () => CheckingWorker) {}

  check(question: CheckQuestion): Promise<CheckAnswer> {
    const answer = this.last.then(() => this.ask(question));
    this.last = answer;
    return answer;
  }

  stop(): void {
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
