import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AppRow } from './data/app.entity.js';
import { AppsRepository } from './data/apps.repository.js';
import type { AppRef } from './resolve-app.service.js';

/** Reads an app as it is now. */
@Injectable()
export class ReadAppService {
  constructor(private readonly apps: AppsRepository) {}

  /** @throws DomainError `not_found` when it was deleted meanwhile */
  async read({ appId }: Pick<AppRef, 'appId'>): Promise<AppRow> {
    const app = await this.apps.findById(appId);
    if (!app) throw DomainError.notFound('app');
    return app;
  }
}
