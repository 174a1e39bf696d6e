/** What happens when: told at once, so that it stands there even when the round breaks off. */
interface Span {
  what: string;
  /** Unix times, milliseconds. */
  from: number;
  until: number;
}

export class Timeline {
  private readonly lasting: Span[] = [];
  private startedAt = performance.now();

  constructor(private readonly tell: (line: string) => void) {}

  /** The round begins now. */
  restart(): void {
    this.startedAt = performance.now();
  }

  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  note(what: string): void {
    this.tell(`${(this.elapsedMs / 1_000).toFixed(2).padStart(8)} s  ${what}`);
  }

  /** Remembers from when until when something went on. */
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
