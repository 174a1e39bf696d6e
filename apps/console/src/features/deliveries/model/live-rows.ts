/** Keeps the rows of a log that grows while it is read: those shown, those that wait, and how many are left out. */

export interface LogRow {
  deliveryId: string;
  /** ISO 8601. */
  createdAt: string;
  attempts: number;
}

/** More is nothing that a person reads, and slow to lay out. */
export const MAX_LIVE_ROWS = 200;

export class LiveRows<Row extends LogRow> {
  private rows: readonly Row[] = [];
  private waiting = new Map<string, Row>();
  private isWhole = true;
  private left = 0;

  /** Newest first. */
  get shown(): readonly Row[] {
    return this.rows;
  }

  /** New rows that a reader who has scrolled is not disturbed with. */
  get waitingCount(): number {
    return this.waiting.size;
  }

  /** Rows that came since the start and are neither shown nor waiting. */
  get leftOutCount(): number {
    return this.left;
  }

  /** Forgets everything: another log is shown. */
  clear(): void {
    this.rows = [];
    this.isWhole = true;
    this.waiting = new Map();
    this.left = 0;
  }

  /**
   * Begins with a page of the log. What came while it was loaded still waits, since the page may not have it.
   *
   * @param rows newest first
   * @param isWhole there are no older ones
   */
  start(rows: readonly Row[], isWhole: boolean): void {
    const came = this.waiting;
    this.clear();
    this.rows = rows;
    this.isWhole = isWhole;
    const attemptsOf = new Map(rows.map(({ deliveryId, attempts }) => [deliveryId, attempts]));
    for (const row of came.values()) {
      // The page knows of later attempts.
      if (row.attempts >= (attemptsOf.get(row.deliveryId) ?? 0)) this.take(row);
    }
  }

  leaveOut(count: number): void {
    this.left += count;
  }

  take(row: Row): void {
    // An older one is on a later page.
    if (!this.has(row.deliveryId) && this.isOlderThanAll(row)) return;
    // The newest state last, so that what waits longest is left out first.
    this.waiting.delete(row.deliveryId);
    this.waiting.set(row.deliveryId, row);
    if (this.waiting.size <= MAX_LIVE_ROWS) return;
    const oldest = [...this.waiting.values()].find(({ deliveryId }) => !this.isShown(deliveryId));
    if (!oldest) return;
    this.waiting.delete(oldest.deliveryId);
    this.left += 1;
  }

  /**
   * Shows what came since the last call.
   *
   * @param isPinned the reader has scrolled: rows change where they are, and new ones wait
   * @returns the ids of new rows
   */
  show(isPinned: boolean): Set<string> {
    if (this.waiting.size === 0) return new Set();
    const updated = this.rows.map((row) => this.waiting.get(row.deliveryId) ?? row);
    for (const { deliveryId } of this.rows) this.waiting.delete(deliveryId);
    const fresh = isPinned ? [] : [...this.waiting.values()];
    if (!isPinned) this.waiting = new Map();
    const all = [...fresh, ...updated].sort(newestFirst);
    const shown = all.slice(0, MAX_LIVE_ROWS);
    this.left += all.length - shown.length;
    this.isWhole &&= all.length === shown.length;
    this.rows = shown;
    return new Set(fresh.map(({ deliveryId }) => deliveryId));
  }

  has(deliveryId: string): boolean {
    return this.waiting.has(deliveryId) || this.isShown(deliveryId);
  }

  private isShown(id: string): boolean {
    return this.rows.some(({ deliveryId }) => deliveryId === id);
  }

  private isOlderThanAll({ createdAt }: Row): boolean {
    const last = this.rows.at(-1);
    return !this.isWhole && last !== undefined && createdAt < last.createdAt;
  }
}

function newestFirst(one: LogRow, other: LogRow): number {
  if (one.createdAt === other.createdAt) return other.deliveryId < one.deliveryId ? -1 : 1;
  return one.createdAt < other.createdAt ? 1 : -1;
}
