/** Finds the source that a path names, by its id or its external id, within the app. */
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import { EXTERNAL_ID_PREFIX } from '../access/read-path.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { SourceRow } from './data/source.entity.js';
import { SourcesRepository } from './data/sources.repository.js';

@Injectable()
export class ResolveSourceService {
  constructor(private readonly sources: SourcesRepository) {}

  /** @param id or `ext:<externalId>` @throws DomainError `not_found` */
  async find({ appId }: AppRef, id: string): Promise<SourceRow> {
    const source = id.startsWith(EXTERNAL_ID_PREFIX)
      ? await this.sources.findByExternalId(appId, id.slice(EXTERNAL_ID_PREFIX.length))
      : await this.sources.find(appId, id);
    if (!source) throw DomainError.notFound('source');
    return source;
  }
}
