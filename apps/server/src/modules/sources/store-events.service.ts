/** Stores what a request of an IM server says: its events, and the request itself for webhooks of format `raw`. */
import { Injectable } from '@nestjs/common';
import { indexKeysOf } from '@im/contracts/events/catalogue';
import { userIdsOf } from '@im/contracts/events/user-ids';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { EventKey } from '../delivery-store/data/event-keys-sql.js';
import { IngestEventService, type IngestResult } from '../events/ingest-event.service.js';
import type { ReadEvent } from '../events/read-event.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { DropKnownRecipientsService } from './drop-known-recipients.service.js';
import type { ReceivingSource } from './find-source.service.js';
import { rawEventOf } from './raw-event.js';
import type { SourceAdapter, SourceEvent, SourceReading, SourceRequest } from './source-kind.js';
import { partKey, sourceKey } from './source-key.js';

/** Events of one request: more is nothing that an IM server sends. */
const MAX_EVENTS = 10_000;

@Injectable()
export class StoreEventsService {
  constructor(
    private readonly webhooks: FindWebhooksService,
    private readonly ingest: IngestEventService,
    private readonly knownRecipients: DropKnownRecipientsService,
  ) {}

  /**
   * @param configVersion of the cached configuration that let the request in; absent: it was checked
   * @throws what ingest throws; then nothing was stored
   */
  async store(
    source: ReceivingSource,
    adapter: SourceAdapter,
    request: SourceRequest,
    { command, events }: Extract<SourceReading, { kind: 'events' }>,
    configVersion?: number,
  ): Promise<{ eventIds: string[]; detail: string }> {
    if (events.length > MAX_EVENTS) {
      throw new DomainError('payload_too_large', `A request may carry ${String(MAX_EVENTS)} events`);
    }
    const { appId, sourceId } = source;
    const receivedFrom = `source:${sourceId}`;
    const hasRaw = events.length > 0 && (await this.hasRawWebhook(appId));
    const readAs = (event: SourceEvent, key: EventKey | null): ReadEvent => ({
      ...toReadEvent(event, key),
      ...(hasRaw && { audience: { form: 'mapped' } }),
    });
    const stored = events.map((event) => readAs(event, event.repeat && sourceKey(sourceId, event.repeat)));
    if (hasRaw) stored.push(rawEventOf(sourceId, adapter, command, request, stored));
    const results = await this.ingest.ingest(appId, stored, receivedFrom, configVersion);
    // The one for raw webhooks is no further event of the request.
    const eventIds = events.flatMap((_, index) => freshId(results[index]));

    const isLaterPart = ({ repeat }: SourceEvent, index: number): boolean =>
      repeat?.part !== undefined && results[index]?.kind === 'refused';
    const laterParts = events.filter(isLaterPart);
    if (laterParts.length > 0) {
      const fresh = await this.knownRecipients.drop(source, laterParts);
      const parts = fresh.map((event) => readAs(event, event.repeat && partKey(sourceId, event.repeat)));
      eventIds.push(...(await this.ingest.ingest(appId, parts, receivedFrom)).flatMap(freshId));
    }
    return { eventIds, detail: describeStored(events, eventIds.length) };
  }

  private async hasRawWebhook(appId: string): Promise<boolean> {
    const routes = await this.webhooks.routesOf([appId], 0);
    return routes.get(appId)?.some(({ format }) => format === 'raw') ?? false;
  }
}

function freshId(result: IngestResult | undefined): string[] {
  return result?.kind === 'accepted' && !result.duplicate ? [result.eventId] : [];
}

function toReadEvent(
  { event, occurredAt, conversationId, payload, data }: SourceEvent,
  key: EventKey | null,
): ReadEvent {
  const indexKeys = indexKeysOf(event, data);
  return {
    event,
    timestamp: occurredAt?.toISOString() ?? null,
    conversationId: conversationId ?? indexKeys.conversationId ?? null,
    messageId: indexKeys.messageId ?? null,
    userIds: userIdsOf(data),
    payload,
    key,
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
