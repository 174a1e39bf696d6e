import { Injectable } from '@nestjs/common';
import type { WebhookSettings } from '../../webhook-configs/webhook-settings.js';
import { Lane } from './lane.js';
import { PayloadMemory } from './payload-memory.js';

/** With more, idle lanes are dropped. */
const MAX_LANES = 5_000;

/** The lanes of this process, by webhook. */
@Injectable()
export class Lanes {
  private readonly lanes = new Map<string, Lane>();
  private readonly memory = new PayloadMemory();

  get size(): number {
    return this.lanes.size;
  }

  /** Finds or creates a lane and gives it the settings. */
  of(settings: WebhookSettings): Lane {
    let lane = this.lanes.get(settings.webhookId);
    if (!lane) {
      if (this.lanes.size >= MAX_LANES) this.dropIdle();
      lane = new Lane(settings, this.memory);
      this.lanes.set(settings.webhookId, lane);
    } else if (lane.settings !== settings) {
      lane.adopt(settings);
    }
    return lane;
  }

  find(webhookId: string): Lane | undefined {
    return this.lanes.get(webhookId);
  }

  [Symbol.iterator](): Iterator<Lane> {
    return this.lanes.values();
  }

  private dropIdle(): void {
    for (const [webhookId, lane] of this.lanes) if (lane.isIdle) this.lanes.delete(webhookId);
  }
}
