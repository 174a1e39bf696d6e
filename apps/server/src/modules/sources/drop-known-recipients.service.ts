/** Leaves recipients out that an earlier chunk of the same message named. */
import { Injectable } from '@nestjs/common';
import { KnownRecipientsRepository } from './data/known-recipients.repository.js';
import type { ReceivingSource } from './find-source.service.js';
import type { SourceEvent } from './source-kind.js';

@Injectable()
export class DropKnownRecipientsService {
  constructor(private readonly known: KnownRecipientsRepository) {}

  /** @returns the events, without those whose recipients are all known */
  async drop(source: ReceivingSource, events: readonly SourceEvent[]): Promise<SourceEvent[]> {
    const kept = await Promise.all(
      events.map(async (event) =>
        event.event === 'message.offline' ? this.withoutKnown(source, event) : event,
      ),
    );
    return kept.flatMap((event) => event ?? []);
  }

  private async withoutKnown(
    { appId, sourceId }: ReceivingSource,
    event: SourceEvent,
  ): Promise<SourceEvent | null> {
    const { messageId, recipientIds } = read(event);
    if (messageId === null) return event;
    const known = await this.known.of(appId, messageId, `source:${sourceId}`);
    const fresh = recipientIds.filter((id) => !known.has(id));
    if (fresh.length === recipientIds.length) return event;
    if (fresh.length === 0) return null;
    const data = { ...event.data, recipientIds: fresh };
    return { ...event, data, payload: JSON.stringify(data) };
  }
}

function read({ data }: SourceEvent): { messageId: string | null; recipientIds: string[] } {
  const { message, recipientIds } = data as { message?: { messageId?: unknown }; recipientIds?: string[] };
  const messageId = message?.messageId;
  return { messageId: typeof messageId === 'string' ? messageId : null, recipientIds: recipientIds ?? [] };
}
