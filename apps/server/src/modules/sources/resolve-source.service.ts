/** Finds the source that a path names, within the app. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import { ExternalIds } from '../access/external-ids.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { SourceRow } from './data/source.entity.js';
import { SourcesRepository } from './data/sources.repository.js';

@Injectable()
export class ResolveSourceService implements OnModuleInit {
  constructor(
    private readonly sources: SourcesRepository,
    private readonly externalIds: ExternalIds,
  ) {}

  onModuleInit(): void {
    this.externalIds.add('/sources/{sourceId}', ({ appId }, externalId) =>
      this.sources.findIdByExternalId(appId, externalId),
    );
  }

  /** @throws DomainError `not_found` */
  async find({ appId }: AppRef, id: string): Promise<SourceRow> {
    const source = await this.sources.find(appId, id);
    if (!source) throw DomainError.notFound('source');
    return source;
  }
}
