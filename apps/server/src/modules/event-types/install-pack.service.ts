/** Lists packs of event types, and adds those of a pack that a tenant does not have. */
import { Injectable } from '@nestjs/common';
import type { EventTypePack, InstalledPack } from '@im/contracts/api/event-type-packs';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { CheckSchemasService } from '../../platform/json-schema/check-schemas.service.js';
import { actorOf, type Identity } from '../access/identity/domain/identity.js';
import { checkEventType } from './check-event-type.js';
import { EventTypesRepository } from './data/event-types.repository.js';
import { lenientSchemaOf, type PackedEventType, type PackOfEventTypes } from './packs/event-type-pack.js';
import { TRAE_PACK } from './packs/trae-pack.js';

const PACKS: readonly PackOfEventTypes[] = [TRAE_PACK];

@Injectable()
export class InstallPackService {
  constructor(
    private readonly eventTypes: EventTypesRepository,
    private readonly checker: CheckSchemasService,
    private readonly clock: Clock,
  ) {}

  async list(tenantId: string): Promise<EventTypePack[]> {
    const own = await this.ownNames(tenantId);
    return PACKS.map(({ name, description, eventTypes }) => {
      const events = eventTypes.map((eventType) => eventType.name);
      return { name, description, events, present: events.filter((event) => own.has(event)) };
    });
  }

  /**
   * What the tenant has already stays as it is, so that a second call adds only what is missing.
   *
   * @throws DomainError `not_found`, or `conflict` when the tenant has reached its limit
   */
  async install(caller: Identity, packName: string): Promise<InstalledPack> {
    const pack = PACKS.find(({ name }) => name === packName);
    if (!pack) throw DomainError.notFound('event type pack');
    const own = await this.ownNames(caller.tenantId);
    const installed: InstalledPack = { name: pack.name, added: [], kept: [] };
    for (const eventType of pack.eventTypes) {
      const isAdded = !own.has(eventType.name) && (await this.add(caller, eventType));
      installed[isAdded ? 'added' : 'kept'].push(eventType.name);
    }
    return installed;
  }

  /** @returns false when someone has added it meanwhile */
  private async add(caller: Identity, eventType: PackedEventType): Promise<boolean> {
    const { tenantId } = caller;
    const { name, description, example } = eventType;
    const texts = await checkEventType(this.checker, tenantId, {
      schema: JSON.stringify(lenientSchemaOf(eventType)),
      example: JSON.stringify(example),
    });
    const descriptions = { descriptionZh: description.zh, descriptionEn: description.en };
    const content = { ...descriptions, externalId: null, ...texts };
    try {
      await this.eventTypes.create(tenantId, name, content, { by: actorOf(caller), at: this.clock.now() });
      return true;
    } catch (error) {
      if (await this.eventTypes.find(tenantId, name)) return false;
      throw error;
    }
  }

  private async ownNames(tenantId: string): Promise<ReadonlySet<string>> {
    return new Set((await this.eventTypes.currentVersions([tenantId])).get(tenantId)?.keys());
  }
}
