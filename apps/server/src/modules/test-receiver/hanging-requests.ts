/** Counts the requests of each app that go unanswered, so that they hold little. */
import { Injectable } from '@nestjs/common';
import { MAX_HANGING_REQUESTS } from '@im/contracts/api/test-receiver-constants';

@Injectable()
export class HangingRequests {
  private readonly counts = new Map<string, number>();

  /** @returns ends it; null when there are too many */
  begin(appId: string): (() => void) | null {
    const count = this.counts.get(appId) ?? 0;
    if (count >= MAX_HANGING_REQUESTS) return null;
    this.counts.set(appId, count + 1);
    return () => {
      const left = (this.counts.get(appId) ?? 1) - 1;
      if (left === 0) this.counts.delete(appId);
      else this.counts.set(appId, left);
    };
  }
}
