/**
 * Keeps lanes that wait for a permit, grouped by what decides whether they get one, so that a freed permit is matched
 * with one check for each group.
 */
import type { Lane } from '../lanes/lane.js';

interface Group {
  /** Their next request carries a replay. */
  isReplay: boolean;
  lanes: Set<Lane>;
}

export class ParkedLanes {
  private readonly groups = new Map<string, Group>();
  private readonly keys = new Map<Lane, string>();

  get size(): number {
    return this.keys.size;
  }

  add(lane: Lane, isReplay: boolean): void {
    this.remove(lane);
    const key = groupOf(lane, isReplay);
    const group = this.groups.get(key);
    if (group) group.lanes.add(lane);
    else this.groups.set(key, { isReplay, lanes: new Set([lane]) });
    this.keys.set(lane, key);
  }

  remove(lane: Lane): void {
    const key = this.keys.get(lane);
    if (key === undefined) return;
    this.keys.delete(lane);
    const lanes = this.groups.get(key)?.lanes;
    lanes?.delete(lane);
    if (lanes?.size === 0) this.groups.delete(key);
  }

  /**
   * Removes and returns the lanes that may have a permit; in each group the longest waiting first.
   *
   * @param room the number of free permits for such lanes
   */
  takeReady(room: (lane: Lane, isReplay: boolean) => number): Lane[] {
    const ready: Lane[] = [];
    for (const { isReplay, lanes } of this.groups.values()) {
      let left: number | undefined;
      for (const lane of lanes) {
        left ??= room(lane, isReplay);
        if (left <= 0) break;
        ready.push(lane);
        left -= 1;
      }
    }
    for (const lane of ready) this.remove(lane);
    return ready;
  }
}

/** A change of any of these ends a request or adds a delivery, and so puts the lane back in line. */
function groupOf(
  { permitUser: { tenantId, isSlow, hasAnswered, inFlight } }: Lane,
  isReplay: boolean,
): string {
  return [tenantId, isSlow, hasAnswered, isSlow ? inFlight : '', isReplay].join(' ');
}
