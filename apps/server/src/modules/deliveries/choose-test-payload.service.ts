import { Injectable } from '@nestjs/common';
import { findEvent } from '@im/contracts/events/catalogue';
import { TEST_EVENT } from '@im/contracts/events/event-list';
import type { FieldError } from '@im/contracts/problem';
import { fieldErrorsOf } from '../../platform/http-server/field-errors.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import { FindEventTypesService, type EventChecks } from '../event-types/find-event-types.service.js';

export interface WrittenPayload {
  data: Record<string, unknown>;
  /** The JSON text it was parsed from. */
  text: string;
}

/** Chooses the payload of a test send: the caller's, if it fits the event, or the event's example. */
@Injectable()
export class ChooseTestPayloadService {
  constructor(private readonly eventTypes: FindEventTypesService) {}

  /**
   * @param event of the catalogue or of the tenant
   * @param given the payload and its text as the caller wrote it
   * @returns JSON text as it was written, so that large numbers are preserved
   * @throws DomainError `invalid_input` when there is no such event or the payload does not fit it; any fits `test.ping`
   */
  async payloadOf(tenantId: string, event: string, given: WrittenPayload | undefined): Promise<string> {
    const checks = await this.eventTypes.checksOf(tenantId);
    if (checks.has(event)) return this.ownPayloadOf(tenantId, event, given, checks);
    const definition = findEvent(event);
    if (!definition) throw invalidInput([unknownEvent(event)]);
    if (given === undefined) return JSON.stringify(definition.example);
    // It is for trying out, so it carries whatever its sender wants to see arrive.
    if (event === TEST_EVENT) return given.text;
    const checked = definition.schema.safeParse(given.data, { reportInput: true });
    if (!checked.success) throw invalidInput(fieldErrorsOf(checked.error, '/data'));
    return given.text;
  }

  private async ownPayloadOf(
    tenantId: string,
    event: string,
    given: WrittenPayload | undefined,
    checks: EventChecks,
  ): Promise<string> {
    if (given === undefined) {
      const example = await this.eventTypes.exampleOf(tenantId, event);
      if (example === undefined) throw invalidInput([unknownEvent(event)]);
      return example;
    }
    const faults = await checks.check(event, given.data, given.text);
    if (faults.length === 0) return given.text;
    throw invalidInput(faults.map((fault) => ({ ...fault, pointer: `/data${fault.pointer}` })));
  }
}

function unknownEvent(event: string): FieldError {
  const message = `"${event}" is neither a built-in event nor one of the tenant's event types`;
  return { pointer: '/event', code: 'unknown_event', message };
}
