/** Reads which recipients of a message were handed in before, so that chunks that overlap name each of them once. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Batcher } from '../../../platform/batching/batcher.js';
import { Clock } from '../../../platform/clock/clock.js';
import { lowestIdAt } from '../../../platform/database/time-partitions.js';

/** Chunks and retries of one message come within seconds. */
const LOOK_BACK_MS = 3_600_000;
const MAX_PER_QUERY = 200;

interface Sought {
  appId: string;
  messageId: string;
  receivedFrom: string;
}

@Injectable()
export class KnownRecipientsRepository {
  private readonly lookups: Batcher<Sought, Set<string>>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.lookups = new Batcher({
      maxItems: MAX_PER_QUERY,
      concurrency: 2,
      run: (sought) => this.read(sought),
    });
  }

  /** @param receivedFrom as stored with the events of the source */
  of(appId: string, messageId: string, receivedFrom: string): Promise<Set<string>> {
    return this.lookups.add({ appId, messageId, receivedFrom });
  }

  private async read(sought: Sought[]): Promise<Set<string>[]> {
    const rows = await this.dataSource.query<{ position: number; payload: string }[]>(
      `SELECT s.position::int AS position, e.payload
       FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS s(app_id, message_id, received_from, position)
       JOIN events e ON e.app_id = s.app_id AND e.message_id = s.message_id AND e.received_from = s.received_from
       WHERE e.event = 'message.offline' AND e.event_id >= $4`,
      [
        sought.map(({ appId }) => appId),
        sought.map(({ messageId }) => messageId),
        sought.map(({ receivedFrom }) => receivedFrom),
        lowestIdAt(this.clock.nowMs() - LOOK_BACK_MS),
      ],
    );
    const known = sought.map(() => new Set<string>());
    for (const { position, payload } of rows) {
      const { recipientIds } = JSON.parse(payload) as { recipientIds?: string[] };
      for (const id of recipientIds ?? []) known[position - 1]?.add(id);
    }
    return known;
  }
}
