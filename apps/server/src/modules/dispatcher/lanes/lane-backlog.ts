/** Tracks what a lane knows about pending rows of its webhook that are not leased here. */

const KEY_LOOK_MS = 500;
const MAX_FRUITLESS_LOOKS = 3;

export class LaneBacklog {
  private hasLive = false;
  private hasReplaysNow = false;
  private hasKeys = false;
  private isBeingClaimed = false;
  private lookForKeysAt = 0;
  private fruitlessLooks = 0;

  /** There are more rows than fit into the lane. */
  get hasMore(): boolean {
    return this.hasLive;
  }

  /** The same for rows of recoveries. */
  get hasMoreReplays(): boolean {
    return this.hasReplaysNow;
  }

  /** Rows are being claimed for the lane. */
  get isClaiming(): boolean {
    return this.isBeingClaimed;
  }

  noteMore(): void {
    this.hasLive = true;
  }

  noteMoreReplays(): void {
    this.hasReplaysNow = true;
  }

  /** There are in-order keys whose heads may be due. */
  noteKeys(): void {
    this.hasKeys = true;
  }

  /** @returns false: a claim is under way already */
  beginClaiming(): boolean {
    if (this.isBeingClaimed) return false;
    this.isBeingClaimed = true;
    return true;
  }

  endClaiming(): void {
    this.isBeingClaimed = false;
  }

  /** Called before rows are claimed: what is noted during the claim counts again. */
  beginLive(): void {
    this.hasLive = false;
  }

  beginReplays(): void {
    this.hasReplaysNow = false;
  }

  /** Recorded outcomes bring the next heads; the search for lost ones slows down while it finds none. */
  mayLookForKeys(now: number): boolean {
    return this.hasKeys && now >= this.lookForKeysAt;
  }

  keysLookedFor(now: number, hasFound: boolean): void {
    this.fruitlessLooks = hasFound ? 0 : Math.min(this.fruitlessLooks + 1, MAX_FRUITLESS_LOOKS);
    this.lookForKeysAt = now + KEY_LOOK_MS * (2 ** this.fruitlessLooks - 1);
    this.hasKeys = false;
  }
}
