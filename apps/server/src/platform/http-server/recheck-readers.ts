/** Rechecks the credentials of readers periodically: one loop for all streams of the process. */
const RECHECK_MS = 1_000;

export interface AdmittedReader {
  /** @throws when it cannot be checked now */
  mayStay: () => Promise<boolean>;
  end: () => void;
}

export class RecheckReaders {
  private readonly readers = new Set<AdmittedReader>();
  private timer: NodeJS.Timeout | undefined;
  private isChecking = false;

  add(reader: AdmittedReader): void {
    this.readers.add(reader);
    this.plan();
  }

  remove(reader: AdmittedReader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0) return;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private plan(): void {
    if (this.isChecking || this.readers.size === 0) return;
    this.timer ??= setTimeout(() => void this.check(), RECHECK_MS);
  }

  /** All at once, so that their look-ups share a query. */
  private async check(): Promise<void> {
    this.timer = undefined;
    this.isChecking = true;
    await Promise.all(
      [...this.readers].map(async (reader) => {
        // While PostgreSQL is away, streams go on until they end, within a minute.
        if (!(await reader.mayStay().catch(() => true))) reader.end();
      }),
    );
    this.isChecking = false;
    this.plan();
  }
}
