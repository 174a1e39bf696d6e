/** Masks payloads for people who may not read messages, by the catalogue where it applies. */
import { Injectable } from '@nestjs/common';
import { EVENT_NAMES } from '@im/contracts/events/event-list';
import { maskContent } from '@im/contracts/events/mask-content';
import { EventTypesRepository } from './data/event-types.repository.js';

export type MaskPayload = (event: string, payload: unknown) => unknown;

/** The name of an event with unknown fields. */
const UNKNOWN_EVENT = '';

@Injectable()
export class MaskPayloadsService {
  constructor(private readonly eventTypes: EventTypesRepository) {}

  /**
   * Masks everything where the tenant has, or had, a schema of its own under that name: a field that is harmless in a
   * built-in event may contain anything there.
   *
   * @returns null when nothing is to be masked
   */
  async maskFor(tenantId: string, isContentMasked: boolean): Promise<MaskPayload | null> {
    if (!isContentMasked) return null;
    const taken = new Set(await this.eventTypes.everDefinedOf(tenantId, EVENT_NAMES));
    return (event, payload) => maskContent(taken.has(event) ? UNKNOWN_EVENT : event, payload);
  }
}
