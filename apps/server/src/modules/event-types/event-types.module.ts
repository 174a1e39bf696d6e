import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CheckSchemasService } from '../../platform/json-schema/check-schemas.service.js';
import { AccessModule } from '../access/access.module.js';
import { EventTypeEntity } from './data/event-type.entity.js';
import { EventTypeVersionEntity } from './data/event-type-version.entity.js';
import { EventTypesRepository } from './data/event-types.repository.js';
import { EventTypePacksController } from './event-type-packs.controller.js';
import { InstallPackService } from './install-pack.service.js';
import { EventTypesController } from './event-types.controller.js';
import { FindEventTypesService } from './find-event-types.service.js';
import { ListEventTypesService } from './list-event-types.service.js';
import { MaskPayloadsService } from './mask-payloads.service.js';
import { SaveEventTypeService } from './save-event-type.service.js';

/** Wires event types: those of the catalogue, and those that tenants define. */
@Module({
  imports: [TypeOrmModule.forFeature([EventTypeEntity, EventTypeVersionEntity]), AccessModule],
  controllers: [EventTypePacksController, EventTypesController],
  providers: [
    CheckSchemasService,
    EventTypesRepository,
    FindEventTypesService,
    InstallPackService,
    ListEventTypesService,
    MaskPayloadsService,
    SaveEventTypeService,
  ],
  exports: [EventTypesRepository, FindEventTypesService, ListEventTypesService, MaskPayloadsService],
})
export class EventTypesModule {}
