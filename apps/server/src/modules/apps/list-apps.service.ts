import { Injectable } from '@nestjs/common';
import type { App, AppSummary } from '@im/contracts/api/apps';
import type { Page } from '@im/contracts/api/common';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { dueBefore } from '../delivery-store/domain/success-rates.js';
import { AppsRepository } from './data/apps.repository.js';
import { presentApp, presentAppSummary } from './present-app.js';
import type { AppRef } from './resolve-app.service.js';

const DAY_MS = 86_400_000;

@Injectable()
export class ListAppsService {
  constructor(
    private readonly apps: AppsRepository,
    private readonly clock: Clock,
  ) {}

  /** A caller bound to one app sees that one. */
  async list(
    identity: Identity,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<Page<AppSummary>> {
    const { limit } = query;
    const now = this.clock.now();
    const rows = await this.apps.list({
      tenantId: identity.tenantId,
      appId: identity.kind === 'session' ? null : identity.appId,
      limit,
      beforeId: readIdCursor(query.cursor),
      statsSince: new Date(now.getTime() - DAY_MS),
      dueBefore: dueBefore(now.getTime()),
    });
    return idPage(
      rows,
      limit,
      (row) => row.appId,
      (row) => presentAppSummary(row, now),
    );
  }

  /** @throws DomainError `not_found` when it was deleted meanwhile */
  async get({ appId }: AppRef): Promise<App> {
    const app = await this.apps.findById(appId);
    if (!app) throw DomainError.notFound('app');
    return presentApp(app, this.clock.now());
  }
}
