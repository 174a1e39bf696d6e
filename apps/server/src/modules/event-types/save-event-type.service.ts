/** Defines, changes and deletes a tenant's event types; those of the catalogue cannot be touched. */
import { Injectable } from '@nestjs/common';
import type {
  createEventTypeRequestSchema,
  EventType,
  updateEventTypeRequestSchema,
} from '@im/contracts/api/event-types';
import { findEvent } from '@im/contracts/events/catalogue';
import { TEST_EVENT } from '@im/contracts/events/event-list';
import { isReservedName } from '@im/contracts/events/names';
import type { z } from 'zod';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { CheckSchemasService } from '../../platform/json-schema/check-schemas.service.js';
import { actorOf, type Identity } from '../access/identity/domain/identity.js';
import type { RequestAudit } from '../access/audit/request-audit.js';
import { checkEventType } from './check-event-type.js';
import {
  EventTypesRepository,
  type EventTypeContent,
  type EventTypeRow,
} from './data/event-types.repository.js';
import { presentEventType } from './present-event-type.js';

type CreateInput = z.output<typeof createEventTypeRequestSchema>;
type UpdateInput = z.output<typeof updateEventTypeRequestSchema>;
/** Fields of the request as they were written. */
type Written = ReadonlyMap<string, string>;

/** Retries of a change after concurrent ones. */
const MAX_TRIES = 10;

export interface EventTypeRequest {
  caller: Identity;
  name: string;
  audit: RequestAudit;
}

@Injectable()
export class SaveEventTypeService {
  constructor(
    private readonly eventTypes: EventTypesRepository,
    private readonly checker: CheckSchemasService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input`, or `conflict` when the tenant has one of that name */
  async create(
    caller: Identity,
    input: CreateInput,
    written: Written,
    audit: RequestAudit,
  ): Promise<EventType> {
    const { name, description, schema, example } = input;
    refuseName(name, input.overridesBuiltIn);
    const content = {
      descriptionZh: description.zh,
      descriptionEn: description.en,
      externalId: input.externalId ?? null,
      ...(await checkEventType(this.checker, caller.tenantId, {
        schema: asWritten(schema, written.get('schema')),
        example: asWritten(example, written.get('example')),
      })),
    };
    await this.eventTypes.create(caller.tenantId, name, content, this.changeBy(caller));
    const detail = { name, ...(findEvent(name) && { overridesBuiltIn: true }) };
    audit.note({ targetId: name, detail });
    return this.show(caller.tenantId, name);
  }

  /** @throws DomainError `invalid_input`, `not_found`, or `forbidden` when it is built in */
  async update(request: EventTypeRequest, input: UpdateInput, written: Written): Promise<EventType> {
    const { caller, name, audit } = request;
    const { tenantId } = caller;
    let isChanged = false;
    for (let tries = 0; !isChanged && tries < MAX_TRIES; tries += 1) {
      const before = await this.findOwn(tenantId, name);
      // Checked without a lock: an expensive schema may take long.
      const after = await this.changed(tenantId, before, input, written);
      isChanged = await this.eventTypes.change(tenantId, before, after, this.changeBy(caller));
    }
    if (!isChanged)
      throw new DomainError('conflict', 'Others are changing the event type right now: try again');
    audit.note({ detail: { name, fields: Object.keys(input) } });
    return this.show(tenantId, name);
  }

  /** @throws DomainError `not_found`, `conflict` when webhooks name it, or `forbidden` when it is built in */
  async delete({ caller, name, audit }: EventTypeRequest): Promise<void> {
    await this.findOwn(caller.tenantId, name);
    await this.eventTypes.delete(caller.tenantId, name, this.clock.now(), !findEvent(name));
    audit.note({ detail: { name } });
  }

  /** @throws DomainError `not_found`, or `forbidden` when it is built in */
  private async findOwn(tenantId: string, name: string): Promise<EventTypeRow> {
    const row = await this.eventTypes.find(tenantId, name);
    if (row) return row;
    if (!findEvent(name)) throw DomainError.notFound('event type');
    throw new DomainError('forbidden', `"${name}" is built in: it cannot be changed or deleted`);
  }

  /** @throws DomainError `invalid_input` */
  private async changed(
    tenantId: string,
    before: EventTypeRow,
    { description, externalId = before.externalId, schema, example }: UpdateInput,
    written: Written,
  ): Promise<EventTypeContent> {
    const texts = {
      schema: schema ? asWritten(schema, written.get('schema')) : before.schema,
      example: example ? asWritten(example, written.get('example')) : before.example,
    };
    return {
      descriptionZh: description?.zh ?? before.descriptionZh,
      descriptionEn: description?.en ?? before.descriptionEn,
      externalId,
      ...(await checkEventType(this.checker, tenantId, texts)),
    };
  }

  private async show(tenantId: string, name: string): Promise<EventType> {
    const row = await this.eventTypes.find(tenantId, name);
    if (!row) throw DomainError.notFound('event type');
    return presentEventType(row);
  }

  private changeBy(caller: Identity): { by: string; at: Date } {
    return { by: actorOf(caller), at: this.clock.now() };
  }
}

function asWritten(value: Record<string, unknown>, text: string | undefined): string {
  return text ?? JSON.stringify(value);
}

/** @throws DomainError `invalid_input` when the tenant cannot have the name, or did not confirm the override */
function refuseName(name: string, overridesBuiltIn: boolean | undefined): void {
  if (isReservedName(name) || name === TEST_EVENT) {
    const message = isReservedName(name)
      ? 'begins with the kind of an IM server, which is kept for the events of such servers'
      : 'is kept for test sends';
    throw DomainError.invalid({ pointer: '/name', code: 'already_taken', message });
  }
  if (findEvent(name) && overridesBuiltIn !== true) {
    const message =
      'is the name of a built-in event type. With "overridesBuiltIn": true your schema replaces it in all of your ' +
      'apps: receivers that rely on the fields of the built-in one have to be changed first';
    throw DomainError.invalid({ pointer: '/name', code: 'already_taken', message });
  }
  if (!findEvent(name) && overridesBuiltIn === true) {
    const message = 'is for names of built-in event types only, and this is none';
    throw DomainError.invalid({ pointer: '/overridesBuiltIn', code: 'invalid_value', message });
  }
}
