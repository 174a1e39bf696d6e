/** Stores what a request of an IM server says: its events, and the request itself for webhooks of format `raw`. */
import { Injectable } from '@nestjs/common';
import { indexKeysOf } from '@im/contracts/events/catalogue';
import { userIdsOf } from '@im/contracts/events/user-ids';
import { DomainError } from '../../platform/errors/domain-error.js';
import { IngestEventService } from '../events/ingest-event.service.js';
import type { ReadEvent } from '../events/read-event.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { DropKnownRecipientsService } from './drop-known-recipients.service.js';
import type { ReceivingSource } from './find-source.service.js';
import { rawEventOf } from './raw-event.js';
import type { SourceAdapter, SourceEvent, SourceReading, SourceRequest } from './source-kind.js';
import { sourceKey } from './source-key.js';

/** Events of one request: more is nothing that an IM server sends. */
const MAX_EVENTS = 10_000;

@Injectable()
export class StoreEventsService {
  constructor(
    private readonly webhooks: FindWebhooksService,
    private readonly ingest: IngestEventService,
    private readonly knownRecipients: DropKnownRecipientsService,
  ) {}

  /** @throws what ingest throws; then nothing was stored */
  async store(
    source: ReceivingSource,
    adapter: SourceAdapter,
    request: SourceRequest,
    { command, events }: Extract<SourceReading, { kind: 'events' }>,
  ): Promise<{ eventIds: string[]; detail: string }> {
    if (events.length > MAX_EVENTS) {
      throw new DomainError('payload_too_large', `A request may carry ${String(MAX_EVENTS)} events`);
    }
    const { appId, sourceId } = source;
    const wanted = adapter.resends ? await this.knownRecipients.from(source, events) : events;
    const stored = wanted.map((event): ReadEvent => toReadEvent(sourceId, event));
    if (wanted.length > 0 && (await this.hasRawWebhook(appId))) {
      for (const event of stored) event.audience = { form: 'mapped' };
      stored.push(rawEventOf(sourceId, adapter, command, request, stored));
    }
    const results = await this.ingest.ingest(appId, stored, `source:${sourceId}`);
    // The one for raw webhooks is no further event of the request.
    const own = results.slice(0, wanted.length);
    const fresh = own.flatMap((result) =>
      result.kind === 'accepted' && !result.duplicate ? [result.eventId] : [],
    );
    return { eventIds: fresh, detail: describeStored(events, fresh.length) };
  }

  private async hasRawWebhook(appId: string): Promise<boolean> {
    const routes = await this.webhooks.routesOf([appId], 0);
    return routes.get(appId)?.some(({ format }) => format === 'raw') ?? false;
  }
}

function toReadEvent(
  sourceId: string,
  { event, occurredAt, conversationId, payload, data, repeat }: SourceEvent,
): ReadEvent {
  const indexKeys = indexKeysOf(event, data);
  return {
    event,
    timestamp: occurredAt?.toISOString() ?? null,
    conversationId: conversationId ?? indexKeys.conversationId ?? null,
    messageId: indexKeys.messageId ?? null,
    userIds: userIdsOf(data),
    payload,
    key: repeat && sourceKey(sourceId, repeat.key, repeat.withinMs),
  };
}

function describeStored(events: readonly SourceEvent[], fresh: number): string {
  const [first] = events;
  if (!first) return 'It carries no event';
  const names = [...new Set(events.map(({ event }) => event))].slice(0, 5).join(', ');
  const repeats = events.length - fresh;
  return repeats === 0
    ? `${String(fresh)} stored: ${names}`
    : `${String(fresh)} stored, ${String(repeats)} repeated: ${names}`;
}
