/** Keeps the rows of a log that grows while it is read: those shown, those that wait, and how many are left out. */

export interface LogRow {
  deliveryId: string;
  /** ISO 8601. */
  createdAt: string;
  attempts: number;
}

/** More is nothing that a person reads, and slow to lay out. */
export const MAX_LIVE_ROWS = 200;
/** More new ones at once replace those shown: it takes too long to render more of them in one go. */
const MAX_NEW_ROWS = 50;
/** More new ones at once are not marked as new: the table would be painted all the time. */
const MAX_MARKED = 20;
/** Of those left out last: more than come while a page is loaded. */
const MAX_REMEMBERED = 2_000;
/** Deliveries are stored a little after they are created, and not in the same order. */
const LATE_MS = 2_000;
/** After all instants. */
const LAST = '~';

export class LiveRows<Row extends LogRow> {
  private rows: readonly Row[] = [];
  private waiting = new Map<string, Row>();
  private isWhole = true;
  /** Older ones are on later pages. */
  private oldestId = '';
  private left = 0;
  /** The ids of those left out last. */
  private leftIds: string[] = [];

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
    this.oldestId = '';
    this.waiting = new Map();
    this.left = 0;
    this.leftIds = [];
  }

  /**
   * Begins with a page of the log. What came while it was loaded is kept, since the page may not have it.
   *
   * @param rows newest first
   * @param isWhole there are no older ones
   */
  start(rows: readonly Row[], isWhole: boolean): void {
    const { leftIds, rows: shown, waiting } = this;
    this.clear();
    this.rows = rows;
    this.isWhole = isWhole;
    this.oldestId = isWhole ? '' : (rows.at(-1)?.deliveryId ?? '');
    const attemptsOf = new Map(rows.map(({ deliveryId, attempts }) => [deliveryId, attempts]));
    // One that is not on the page and no newer does not belong to the log any more.
    const [newest] = rows;
    const since = newest ? new Date(Date.parse(newest.createdAt) - LATE_MS).toISOString() : LAST;
    const came = shown.filter(({ createdAt }) => createdAt > since);
    for (const row of [...came, ...waiting.values()]) {
      // The page knows of later attempts.
      if (row.attempts > (attemptsOf.get(row.deliveryId) ?? -1)) this.take(row);
    }
    for (const id of new Set(leftIds)) if (!this.has(id)) this.leaveOut(id);
  }

  /** The delivery came, and is not shown. */
  leaveOut(deliveryId: string): void {
    if (deliveryId < this.oldestId) return;
    this.left += 1;
    this.leftIds.push(deliveryId);
    if (this.leftIds.length > 2 * MAX_REMEMBERED) this.leftIds = this.leftIds.slice(-MAX_REMEMBERED);
  }

  /** Further ones came, of which not even the id is known. */
  leaveOutUnnamed(count: number): void {
    this.left += count;
  }

  /** @param wasLeftOut it is counted as left out, if it is not known */
  take(row: Row, wasLeftOut = false): void {
    if (!this.has(row.deliveryId)) {
      if (row.deliveryId < this.oldestId) return;
      if (this.isOlderThanAll(row)) {
        if (!wasLeftOut) this.leaveOut(row.deliveryId);
        return;
      }
      if (wasLeftOut) this.left = Math.max(0, this.left - 1);
    }
    // The newest state last, so that what waits longest is left out first.
    this.waiting.delete(row.deliveryId);
    this.waiting.set(row.deliveryId, row);
    if (this.waiting.size <= MAX_LIVE_ROWS) return;
    const oldest = [...this.waiting.values()].find(({ deliveryId }) => !this.isShown(deliveryId));
    if (!oldest) return;
    this.waiting.delete(oldest.deliveryId);
    this.leaveOut(oldest.deliveryId);
  }

  /**
   * Shows what came since the last call.
   *
   * @param isPinned the reader has scrolled: rows change where they are, and new ones wait
   * @returns the ids of new rows, if they are few
   */
  show(isPinned: boolean): Set<string> {
    if (this.waiting.size === 0) return new Set();
    const updated = this.rows.map((row) => this.waiting.get(row.deliveryId) ?? row);
    for (const { deliveryId } of this.rows) this.waiting.delete(deliveryId);
    const fresh = isPinned ? [] : [...this.waiting.values()];
    if (!isPinned) this.waiting = new Map();
    const all = [...fresh, ...updated].sort(newestFirst);
    const count = fresh.length > MAX_NEW_ROWS ? MAX_NEW_ROWS : MAX_LIVE_ROWS;
    const shown = all.slice(0, count);
    for (const { deliveryId } of all.slice(count)) this.leaveOut(deliveryId);
    this.isWhole &&= all.length === shown.length;
    this.rows = shown;
    return new Set(fresh.length > MAX_MARKED ? [] : fresh.map(({ deliveryId }) => deliveryId));
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
