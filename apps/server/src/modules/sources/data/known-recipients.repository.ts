/** Reads which recipients of a message were received before, so that chunks that overlap name each of them once. */
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

/**
 * Reads message by message. The events are filtered outside, so that the index of messages is used and not one of names,
 * in which all events of the hour would be read. Planned each time: only then is it limited to the newest partitions.
 */
const RECIPIENTS = `
  SELECT s.position::int AS position, e.payload
  FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS s(app_id, message_id, received_from, position)
  CROSS JOIN LATERAL (
    SELECT event, received_from, payload FROM events
    WHERE app_id = s.app_id AND message_id = s.message_id AND event_id >= $4
    OFFSET 0
  ) e
  WHERE e.event = 'message.offline' AND e.received_from = s.received_from`;

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
    const rows = await this.dataSource.query<{ position: number; payload: string }[]>(RECIPIENTS, [
      sought.map(({ appId }) => appId),
      sought.map(({ messageId }) => messageId),
      sought.map(({ receivedFrom }) => receivedFrom),
      lowestIdAt(this.clock.nowMs() - LOOK_BACK_MS),
    ]);
    const known = sought.map(() => new Set<string>());
    for (const { position, payload } of rows) {
      const { recipientIds } = JSON.parse(payload) as { recipientIds?: string[] };
      for (const id of recipientIds ?? []) known[position - 1]?.add(id);
    }
    return known;
  }
}
