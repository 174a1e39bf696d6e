/** What happened when, for whoever reads it afterwards. */
interface Happening {
  /** From the beginning of the round. */
  atMs: number;
  what: string;
}

interface Span {
  what: string;
  /** Unix times, milliseconds. */
  from: number;
  until: number;
}

export class Timeline {
  private happenings: Happening[] = [];
  private readonly lasting: Span[] = [];
  private startedAt = performance.now();

  /** The round begins now. */
  restart(): void {
    this.startedAt = performance.now();
  }

  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  note(what: string): void {
    this.happenings.push({ atMs: this.elapsedMs, what });
  }

  /** Remembers from when until when something went on. */
  async during(what: string, work: () => Promise<void>): Promise<void> {
    const span = { what, from: Date.now(), until: Infinity };
    this.lasting.push(span);
    await work();
    span.until = Date.now();
  }

  spans(what: string): Span[] {
    return this.lasting.filter((span) => span.what === what);
  }

  lines(): string[] {
    return this.happenings.map(({ atMs, what }) => `${(atMs / 1_000).toFixed(2).padStart(8)} s  ${what}`);
  }
}
