/** Defines, changes and deletes a tenant's event types; those of the catalogue cannot be touched. */
import { Injectable } from '@nestjs/common';
import type {
  createEventTypeRequestSchema,
  EventType,
  updateEventTypeRequestSchema,
} from '@im/contracts/api/event-types';
import type { AuditAction } from '@im/contracts/api/audit';
import { findEvent, TEST_EVENT } from '@im/contracts/events/catalogue';
import { isReservedName } from '@im/contracts/events/names';
import type { z } from 'zod';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/http/domain-error.js';
import { CheckBesideService } from '../../platform/json-schema/check-beside.service.js';
import { actorOf, type Identity } from '../access/domain/identity.js';
import { RecordAuditService } from '../access/record-audit.service.js';
import { checkEventType, type WrittenJson } from './check-event-type.js';
import { EventTypesRepository } from './data/event-types.repository.js';
import { presentEventType } from './present-event-type.js';

type CreateInput = z.output<typeof createEventTypeRequestSchema>;
type UpdateInput = z.output<typeof updateEventTypeRequestSchema>;
/** Members of the request as they were written. */
type Written = ReadonlyMap<string, string>;

export interface EventTypeRequest {
  caller: Identity;
  name: string;
  ipAddress: string;
}

@Injectable()
export class SaveEventTypeService {
  constructor(
    private readonly eventTypes: EventTypesRepository,
    private readonly audit: RecordAuditService,
    private readonly checker: CheckBesideService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input`, or `conflict` when the tenant has one of that name */
  async create(
    caller: Identity,
    input: CreateInput,
    written: Written,
    ipAddress: string,
  ): Promise<EventType> {
    refuseBoundToken(caller);
    const { name, description, schema, example } = input;
    refuseName(name, input.overridesBuiltIn);
    const content = {
      descriptionZh: description.zh,
      descriptionEn: description.en,
      ...(await checkEventType(
        this.checker,
        caller.tenantId,
        asWritten(schema, written.get('schema')),
        asWritten(example, written.get('example')),
      )),
    };
    await this.eventTypes.create(caller.tenantId, name, content, this.changeBy(caller));
    const detail = findEvent(name) ? { overridesBuiltIn: true } : {};
    await this.record({ caller, name, ipAddress }, 'event_type.created', detail);
    return this.show(caller.tenantId, name);
  }

  /** @throws DomainError `invalid_input`, `not_found`, or `forbidden` when it is built in */
  async update(request: EventTypeRequest, input: UpdateInput, written: Written): Promise<EventType> {
    const { caller, name } = request;
    await this.eventTypes.change(caller.tenantId, name, this.changeBy(caller), async (before) => {
      const schema = input.schema ? asWritten(input.schema, written.get('schema')) : stored(before.schema);
      const example = input.example
        ? asWritten(input.example, written.get('example'))
        : stored(before.example);
      return {
        descriptionZh: input.description?.zh ?? before.descriptionZh,
        descriptionEn: input.description?.en ?? before.descriptionEn,
        ...(await checkEventType(this.checker, caller.tenantId, schema, example)),
      };
    });
    await this.record(request, 'event_type.updated', { fields: Object.keys(input) });
    return this.show(caller.tenantId, name);
  }

  /** @throws DomainError `not_found`, `conflict` when webhooks name it, or `forbidden` when it is built in */
  async delete(request: EventTypeRequest): Promise<void> {
    const { caller, name } = request;
    await this.eventTypes.delete(caller.tenantId, name, this.clock.now(), !findEvent(name));
    await this.record(request, 'event_type.deleted');
  }

  /**
   * For changes of one that is there, before anything else of the request is looked at.
   *
   * @throws DomainError `not_found`, or `forbidden` when it is built in or not the caller's to change
   */
  async assertMayChange(caller: Identity, name: string): Promise<void> {
    if (!(await this.eventTypes.find(caller.tenantId, name))) {
      if (!findEvent(name)) throw DomainError.notFound('event type');
      throw new DomainError('forbidden', `"${name}" is built in: it cannot be changed or deleted`);
    }
    refuseBoundToken(caller);
  }

  private async show(tenantId: string, name: string): Promise<EventType> {
    const row = await this.eventTypes.find(tenantId, name);
    if (!row) throw DomainError.notFound('event type');
    return presentEventType(row);
  }

  private changeBy(caller: Identity): { by: string; at: Date } {
    return { by: actorOf(caller), at: this.clock.now() };
  }

  private async record(
    { caller, name, ipAddress }: EventTypeRequest,
    action: AuditAction,
    detail: Record<string, unknown> = {},
  ): Promise<void> {
    await this.audit.record({
      identity: caller,
      action,
      targetId: name,
      detail: { name, ...detail },
      ipAddress,
    });
  }
}

function asWritten(value: WrittenJson['value'], text: string | undefined): WrittenJson {
  return { value, text: text ?? JSON.stringify(value) };
}

function stored(text: string): WrittenJson {
  return { value: JSON.parse(text) as WrittenJson['value'], text };
}

/** @throws DomainError `invalid_input` when the tenant cannot have the name, or did not say that it knows what it means */
function refuseName(name: string, overridesBuiltIn: boolean | undefined): void {
  if (isReservedName(name) || name === TEST_EVENT) {
    const message = isReservedName(name)
      ? 'begins with the kind of an IM server, which is kept for the events of such servers'
      : 'is kept for test sends';
    throw DomainError.invalid({ pointer: '/name', code: 'already_taken', message });
  }
  if (findEvent(name) && overridesBuiltIn !== true) {
    const message =
      'is the name of a built-in event type. With "overridesBuiltIn": true your schema takes its place in all of your ' +
      'apps: receivers that rely on the fields of the built-in one have to be changed first';
    throw DomainError.invalid({ pointer: '/name', code: 'already_taken', message });
  }
  if (!findEvent(name) && overridesBuiltIn === true) {
    const message = 'is for names of built-in event types only, and this is none';
    throw DomainError.invalid({ pointer: '/overridesBuiltIn', code: 'invalid_value', message });
  }
}

/** Event types are the whole tenant's. */
function refuseBoundToken(caller: Identity): void {
  if (caller.kind !== 'session' && caller.appId !== null) {
    throw new DomainError('forbidden', 'The token is bound to one app; event types belong to all apps');
  }
}
