import { Injectable } from '@nestjs/common';
import { findEvent } from '@im/contracts/events/catalogue';
import type { FieldError } from '@im/contracts/problem';
import { fieldErrorsOf } from '../../platform/http/field-errors.js';
import { invalidInput } from '../../platform/http/parse-input.js';
import { EventTypesRepository } from '../event-types/data/event-types.repository.js';
import { FindEventTypesService } from '../event-types/find-event-types.service.js';

type Json = Record<string, unknown>;

/** What a test send carries: what the caller gave, when it fits the event, or the event's example. */
@Injectable()
export class ChooseTestPayloadService {
  constructor(
    private readonly checks: FindEventTypesService,
    private readonly eventTypes: EventTypesRepository,
  ) {}

  /**
   * @param event of the catalogue or of the tenant
   * @throws DomainError `invalid_input` when there is no such event or the payload does not fit it
   */
  async payloadOf(tenantId: string, event: string, data: Json | undefined): Promise<unknown> {
    const definition = findEvent(event);
    if (!definition) return this.ownPayloadOf(tenantId, event, data);
    if (data === undefined) return definition.example;
    const checked = definition.schema.safeParse(data, { reportInput: true });
    if (!checked.success) throw invalidInput(fieldErrorsOf(checked.error, '/data'));
    return data;
  }

  private async ownPayloadOf(tenantId: string, event: string, data: Json | undefined): Promise<unknown> {
    const own = (await this.checks.checksOf(tenantId, [event])).get(event);
    if (!own) throw invalidInput([unknownEvent(event)]);
    if (data === undefined) {
      const row = await this.eventTypes.find(tenantId, event);
      if (!row) throw invalidInput([unknownEvent(event)]);
      return JSON.parse(row.example) as Json;
    }
    const faults = own(data, JSON.stringify(data).length);
    if (faults.length === 0) return data;
    throw invalidInput(faults.map((fault) => ({ ...fault, pointer: `/data${fault.pointer}` })));
  }
}

function unknownEvent(event: string): FieldError {
  const message = `"${event}" is neither a built-in event nor one of the tenant's event types`;
  return { pointer: '/event', code: 'unknown_event', message };
}
