/** Records what happens when, and prints it at once, so that it is visible even if the round is aborted. */
interface Span {
  what: string;
  /** Unix times, milliseconds. */
  from: number;
  until: number;
}

export class Timeline {
  private readonly lasting: Span[] = [];
  private startedAt = performance.now();

  constructor(private readonly print: (line: string) => void) {}

  /** The round begins now. */
  restart(): void {
    this.startedAt = performance.now();
  }

  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  note(what: string): void {
    this.print(`${(this.elapsedMs / 1_000).toFixed(2).padStart(8)} s  ${what}`);
  }

  /** Records from when until when something lasted. */
  async during(what: string, work: () => Promise<void>): Promise<void> {
    const span = { what, from: Date.now(), until: Infinity };
    this.lasting.push(span);
    try {
      await work();
    } finally {
      span.until = Date.now();
    }
  }

  spans(what: string): Span[] {
    return this.lasting.filter((span) => span.what === what);
  }
}
